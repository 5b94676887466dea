// A ZIP writer (PKWARE APPNOTE 6.3.3, the part every reader knows): sorted names, one fixed time, deflate where it helps.
import zlib from 'node:zlib';

const DOS_DATE = (2026 - 1980) << 9 | 1 << 5 | 1;  // 2026-01-01 00:00
const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = TABLE[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** @param {Map<string, Buffer>} files names with slashes @returns {Buffer} */
export function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const name of [...files.keys()].sort()) {
    const bytes = files.get(name);
    const deflated = zlib.deflateRawSync(bytes, { level: 9 });
    const stored = deflated.length >= bytes.length;
    const data = stored ? bytes : deflated;
    const utf8 = Buffer.from(name, 'utf8');
    // Fields common to both headers, sections 4.3.7 and 4.3.12: version, flags (UTF-8 name), method, time, date, crc, sizes, lengths.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(utf8.length, 22);
    common.writeUInt16LE(0, 24);
    const tail = Buffer.alloc(14);  // Comment length, disk, attributes, offset.
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, utf8);
    local.push(Buffer.from([0x50, 0x4b, 3, 4]), common, utf8, data);
    offset += 4 + common.length + utf8.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
