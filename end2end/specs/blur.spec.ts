// Making a place less exact, and every text that still says it: with scripts and without. Fictional, and plainly so.
import { awake, enterDesk, fillCase, newCase, press } from '../desk.ts';
import { look } from '../look.ts';
import { expect, test } from '../test.ts';

test('a place gives way to a wider one, and a text that still says it is held until it is answered for', async ({ page }, info) => {
  const scripts = info.project.use.javaScriptEnabled !== false;
  await enterDesk(page, 'researcher');
  const address = await newCase(page);
  await fillCase(page, {
    'places.0': 'Andorra',
    place_name: 'Vila Inventada, Northern Exercise',
    kind: 'prosecution',
    start: '2016-05-02',
    narrative: 'An exercise journalist was charged in Vila Inventada. The exercise court sat a week later.',
    'sources.0.url': 'https://example.org/exercise-charge',
  });
  await press(page, 'save');
  await expect(page).toHaveURL(/done=saved/);
  await page.getByRole('link', { name: 'Made less exact' }).click();
  await look(page, scripts);
  const form = page.locator('form', { has: page.locator('[name=field][value=place_name]') });
  await form.locator('[name=shown]').fill('Vila Inventada');
  await form.getByRole('button', { name: 'Show this instead' }).click();
  await expect(page.getByText('as exact as what it is to hide').first()).toBeVisible();
  await form.locator('[name=shown]').fill('Northern Exercise');
  await form.getByRole('button', { name: 'Show this instead' }).click();
  await expect(page.getByText('Made less exact. See below which texts still say it.')).toBeVisible();
  await expect(page.locator('main')).toContainText('What happened: still says it');
  await look(page, scripts);

  // Neither by the button nor by anything else is it handed in.
  await page.goto(address);
  await expect(page.locator('[name=place_name]')).toHaveValue('Northern Exercise');
  await press(page, 'submit');
  await expect(page.locator('.error-summary')).toContainText('still says what was blurred');
  if (scripts) {
    await awake(page);
    await page.locator('[name=outcome]').fill('Acquitted in Vila Inventada.');
    await expect(page.locator('#beside').getByRole('link', { name: 'How it ended' })).toBeVisible();
    await page.locator('[name=outcome]').fill('');
    await expect(page.locator('#beside').getByRole('link', { name: 'How it ended' })).toHaveCount(0);
  }
  await page.goto(`${address}/blur`);
  await page.getByLabel('Why it may stay').fill('Everybody knows where this exercise was.');
  await page.getByRole('button', { name: 'It may stay' }).click();
  await expect(page.getByText('May stay: Everybody knows where this exercise was.')).toBeVisible();
  await page.goto(address);
  await press(page, 'submit');
  await expect(page.getByText('waits for a reviewer').first()).toBeVisible();
});
