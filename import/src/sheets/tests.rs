use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use super::{Format, Hints, Input, Limits, Sheets};
use crate::table::FileError;

fn read(bytes: &[u8]) -> Result<Sheets, FileError> {
    Sheets::read(Input::Bytes(bytes.to_vec()), Hints::default(), Limits::default())
}

fn cells(sheets: &Sheets) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for sheet in &sheets.sheets {
        sheet
            .each(|_, row| {
                rows.push(row.iter().map(str::to_owned).collect());
                ControlFlow::Continue(())
            })
            .expect("sound");
    }
    rows
}

const TABLE: &str = "país;año;valor\nPerú;2020;1,5\nMéxico;2021;2,5\n";

#[test]
fn charset_and_separator_are_guessed_and_shown() {
    let latin = encoding_rs::WINDOWS_1252.encode(TABLE).0;
    let sheets = read(&latin).expect("read");
    assert_eq!(sheets.read_as.separator, Some(';'));
    assert_eq!((sheets.read_as.charset, sheets.read_as.charset_guessed), (Some("windows-1252"), true));
    assert_eq!(cells(&sheets)[1], ["Perú", "2020", "1,5"]);

    let utf8 = format!("\u{feff}{TABLE}");
    let sheets = read(utf8.as_bytes()).expect("read");
    assert_eq!((sheets.read_as.charset, sheets.read_as.charset_guessed), (Some("UTF-8"), false));
    assert_eq!(cells(&sheets)[0][0], "país", "without the byte order mark");

    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(TABLE.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes));
    let sheets = read(&utf16).expect("read");
    assert_eq!((sheets.read_as.charset, sheets.read_as.separator), (Some("UTF-16LE"), Some('\t')));
    assert_eq!(cells(&sheets)[2][0], "México");
}

#[test]
fn what_somebody_says_of_a_file_comes_before_any_guess() {
    let hints = Hints { charset: Some(encoding_rs::ISO_8859_5), separator: Some(b',') };
    let bytes = encoding_rs::ISO_8859_5.encode("страна,год\nРоссия,2020\n").0.into_owned();
    let sheets = Sheets::read(Input::Bytes(bytes), hints, Limits::default()).expect("read");
    assert_eq!(sheets.read_as.charset, Some("ISO-8859-5"));
    assert_eq!(cells(&sheets)[1], ["Россия", "2020"]);
}

#[test]
fn a_comma_in_texts_does_not_win_over_the_semicolon_between_cells() {
    let sheets = read("name;note\nA;one, two, three\nB;four, five\nC;none\n".as_bytes()).expect("read");
    assert_eq!(sheets.read_as.separator, Some(';'));
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    for end in ["\n", ""] {
        let text = format!("a,b\n\n\n1,\"two\nlines\"\n\n2,x{end}");
        let rows: Vec<usize> = read(text.as_bytes()).expect("read").sheets[0]
            .first(9)
            .expect("rows")
            .into_iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(rows, [1, 4, 6], "{end:?}");
    }
}

#[test]
fn a_file_that_is_cut_off_or_empty_is_refused_whole() {
    assert_eq!(read(b"a,b\n1,\"two").unwrap_err(), FileError::CutOff);
    assert_eq!(read(b" \n\n").unwrap_err(), FileError::Empty);
    assert_eq!(read(b"").unwrap_err(), FileError::Empty);
    assert_eq!(read(b"PK\x03\x04 nothing of a workbook").unwrap_err(), FileError::NotAWorkbook);
    assert_eq!(read(b"{\"a\":1}\n{\"a\":").unwrap_err(), FileError::NotJson { row: 2 });
    assert_eq!(read(b"<?xml version=\"1.0\"?><html>").unwrap_err(), FileError::CutOff);
}

#[test]
fn json_lines_have_every_name_as_a_heading() {
    let sheets =
        read("{\"a\":1,\"b\":{\"c\":\"x\"}}\n{\"d\":[\"p\",\"q\"],\"a\":null}\n".as_bytes()).expect("read");
    assert_eq!(sheets.read_as.format, Format::JsonLines);
    assert_eq!(cells(&sheets), [["a", "b.c", "d"], ["1", "x", ""], ["", "", "p;q"]]);
}

#[test]
fn sections_are_rows_with_the_line_of_their_heading() {
    let sheets = read("#Examplia\nOne.\nTwo.\n\n#Nowhere\nThree.\n".as_bytes()).expect("read");
    let rows = sheets.sheets[0].first(9).expect("rows");
    assert_eq!(rows[1].0, 1);
    assert_eq!(rows[2].0, 5);
    assert_eq!(cells(&sheets)[1], ["Examplia", "One.\nTwo."]);
}

/// A participants' table in the shape of the UN Treaty Collection's XML, with fictional states.
const COLLECTION: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<mtdsg><Treaty><ExternalData><Titlesect>A convention</Titlesect></ExternalData><Participants><Table><TGroup>
<Thead><Row><Entry>Participant</Entry><Entry>Signature</Entry><Entry>Accession(a), Ratification</Entry></Row></Thead>
<Tbody><Rows>
<Row><Entry>Examplia&lt;superscript&gt;4,5&lt;/superscript&gt;</Entry><Entry> 5 Aug 2002</Entry><Entry>	22 Sep 2006</Entry></Row>
<Row><Entry>Nowhere &amp; Isles</Entry><Entry /><Entry>[ 1 Jan 1990 a]</Entry></Row>
</Rows></Tbody></TGroup></Table></Participants></Treaty></mtdsg>"#;

#[test]
fn the_treaty_collections_xml_is_read_without_its_marks_of_end_notes() {
    let sheets = read(COLLECTION.as_bytes()).expect("read");
    assert_eq!(sheets.read_as.format, Format::TreatyCollection);
    assert_eq!(
        cells(&sheets),
        [
            ["Participant", "Signature", "Accession(a), Ratification"],
            ["Examplia", "5 Aug 2002", "22 Sep 2006"],
            ["Nowhere & Isles", "", "[ 1 Jan 1990 a]"],
        ]
    );
    let with_entities = COLLECTION.replace("<mtdsg>", "<!DOCTYPE m [<!ENTITY a \"aaaa\">]><mtdsg>");
    assert_eq!(read(with_entities.as_bytes()).unwrap_err(), FileError::NotXml, "no entities of its own");
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("whole");
    bytes.into_inner()
}

fn workbook(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let related = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"{id}\" Type=\"{relationships}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relationships}\"><sheets>\
         <sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>");
    archive(&[
        ("_rels/.rels", related("rId1", "officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related("rId1", "worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_workbook_keeps_the_numbers_of_its_rows_and_the_places_of_its_cells() {
    let bytes = workbook(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>head</t></is></c></row>\
         <row r=\"4\"><c r=\"C4\"><v>0.1</v></c><c r=\"D4\" t=\"b\"><v>1</v></c></row>",
    );
    let sheets = read(&bytes).expect("read");
    let rows = sheets.sheets[0].first(9).expect("rows");
    assert_eq!(rows[1].0, 4);
    assert_eq!(cells(&sheets)[1], ["", "", "0.1", "TRUE"]);
}

#[test]
fn an_attackers_workbook_is_refused_before_it_fills_the_memory() {
    // One cell in the last row and column of a sheet: a table of both would have seventeen thousand million cells.
    let far = workbook("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    assert_eq!(read(&far).unwrap_err(), FileError::TooManyCells);
    // One cell a row, far to the right: what stands before it is counted before it is made.
    let row = |n: usize| format!("<row r=\"{n}\"><c r=\"FAM{n}\"><v>1</v></c></row>");
    let wide = workbook(&(1..=5_000).map(row).collect::<String>());
    assert_eq!(read(&wide).unwrap_err(), FileError::TooManyCells);
    // Many names in one object and many short objects after it.
    let names: Vec<String> = (0..4_000).map(|n| format!("\"n{n}\":1")).collect();
    let lines = format!("{{{}}}\n{}", names.join(","), "{\"n0\":1}\n".repeat(5_000));
    assert_eq!(read(lines.as_bytes()).unwrap_err(), FileError::TooManyCells);
    // A part that unpacks to more than is allowed, whatever its header says.
    let bomb = archive(&[("xl/workbook.xml", &vec![b' '; 3 << 20])]);
    let limits = Limits { unpacked: 2 << 20, ..Limits::default() };
    let refused = Sheets::read(Input::Bytes(bomb), Hints::default(), limits).unwrap_err();
    assert_eq!(refused, FileError::TooLarge { most_mib: 2 });
    let large = Limits { bytes: 10, ..Limits::default() };
    let refused = Sheets::read(Input::Bytes(TABLE.as_bytes().to_vec()), Hints::default(), large).unwrap_err();
    assert_eq!(refused, FileError::TooLarge { most_mib: 0 });
}
