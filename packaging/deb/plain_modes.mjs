// cpack writes the builder's umask into the deb's outer archive (ar(5)), where nobody reads it: node plain_modes.mjs DEB... makes it 0644, in place.
import fs from 'node:fs';

for (const deb of process.argv.slice(2)) {
  const bytes = fs.readFileSync(deb);
  if (bytes.toString('latin1', 0, 8) !== '!<arch>\n') throw new Error(`${deb} is no ar archive`);
  // A header of 60 bytes: name 16, time 12, owner 6, group 6, mode 8, size 10, end 2. Members begin at even places.
  for (let at = 8; at < bytes.length;) {
    if (bytes.toString('latin1', at + 58, at + 60) !== '`\n') throw new Error(`${deb}: no header at byte ${at}`);
    bytes.write('100644  ', at + 40, 'latin1');
    const size = Number(bytes.toString('latin1', at + 48, at + 58));
    at += 60 + size + (size % 2);
  }
  fs.writeFileSync(deb, bytes);
}
