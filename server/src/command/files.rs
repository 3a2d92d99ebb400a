//! Files that a command writes for somebody to carry away.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use super::Failure;

/// Writes a new file, readable by its owner alone: whole and on the disk, or not at all. One that is there already is
/// left as it is.
pub(super) async fn write_new<T>(
    path: &Path,
    write: impl AsyncFnOnce(&mut File) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let part = PartFile::beside(path)?;
    let mut file = part.create()?;
    let done = write(&mut file).await?;
    file.sync_all()?;
    // A link, unlike a new name, replaces nothing.
    std::fs::hard_link(&part.0, path).map_err(|e| cannot(path, &e))?;
    Ok(done)
}

/// What is written so far, gone in the end: by then it has its name, or is of no use.
struct PartFile(PathBuf);

impl PartFile {
    fn beside(path: &Path) -> Result<Self, Failure> {
        if path.exists() {
            return Err(cannot(path, &std::io::ErrorKind::AlreadyExists.into()));
        }
        let mut name = path.file_name().ok_or("a file's name is needed")?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        Ok(Self(path.with_file_name(name)))
    }

    fn create(&self) -> Result<File, Failure> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.0).map_err(|e| cannot(&self.0, &e))
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    format!("cannot write {}: {error}", path.display()).into()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[tokio::test]
    async fn a_file_is_written_whole_or_not_at_all_and_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let failed = write_new(&path, async |file: &mut File| {
            file.write_all(b"half")?;
            Err::<(), Failure>("cut off".into())
        });
        assert_eq!(failed.await.unwrap_err().to_string(), "cut off");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        let write = async |file: &mut File| Ok(file.write_all(b"whole")?);
        write_new(&path, write).await.unwrap();
        assert!(write_new(&path, write).await.unwrap_err().to_string().contains("exists"));
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
