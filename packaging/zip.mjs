// A ZIP writer (PKWARE APPNOTE 6.3.3, the part every reader knows): sorted names, one time for all, nothing
// compressed: what deflate makes of the same bytes differs from one zlib to the next, and with it between versions of Node.

const EPOCH = Date.UTC(2026, 0, 1) / 1000;
const [FIRST, LAST] = [Date.UTC(1980, 0, 1) / 1000, Date.UTC(2107, 11, 31) / 1000];  // What the format can say.
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

/** @param {number} epoch s, UTC @returns {{date: number, time: number}} section 4.4.6, in steps of 2 s */
function dosTime(epoch) {
  const at = new Date(Math.min(Math.max(epoch, FIRST), LAST) * 1000);
  return { date: (at.getUTCFullYear() - 1980) << 9 | (at.getUTCMonth() + 1) << 5 | at.getUTCDate(), time: at.getUTCHours() << 11 | at.getUTCMinutes() << 5 | at.getUTCSeconds() >> 1 };
}

/** @param {Map<string, Buffer>} files names with slashes @param {number} [epoch] s, the time that every file bears @returns {Buffer} */
export function zip(files, epoch = EPOCH) {
  const { date, time } = dosTime(epoch);
  const local = [];
  const central = [];
  let offset = 0;
  for (const name of [...files.keys()].sort()) {
    const bytes = files.get(name);
    const utf8 = Buffer.from(name, 'utf8');
    // Fields common to both headers, sections 4.3.7 and 4.3.12: version, flags (UTF-8 name), method, time, date, crc, sizes, lengths.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(0, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(utf8.length, 22);
    common.writeUInt16LE(0, 24);
    const tail = Buffer.alloc(14);  // Comment length, disk, attributes, offset.
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, utf8);
    local.push(Buffer.from([0x50, 0x4b, 3, 4]), common, utf8, bytes);
    offset += 4 + common.length + utf8.length + bytes.length;
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
