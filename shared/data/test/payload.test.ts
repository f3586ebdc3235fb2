import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { readAr } from "../src/payload/ar.ts";
import { isWanted, takeContents } from "../src/payload/contents.ts";
import { decompress } from "../src/payload/decompress.ts";
import { readTar } from "../src/payload/tar.ts";
import { findDamage, sha256 } from "../src/payload/verify.ts";
import { unpackDebian } from "../src/sources/debian.ts";
import { SourceFailure } from "../src/sources/failure.ts";
import { dataFile } from "./support/entry.ts";

const bytes = (content: string) => new TextEncoder().encode(content);
const string = (content: Uint8Array | undefined) => new TextDecoder().decode(content);
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

describe("sha256", () => {
  test("of abc, from FIPS 180-2 appendix B.1", () =>
    expect(sha256(bytes("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
});

describe("findDamage", () => {
  const file = dataFile("f", bytes("hello"));
  test("nothing wrong", () => expect(findDamage(file, bytes("hello"))).toBeUndefined());
  test("cut short: both hashes and both sizes", () =>
    expect(findDamage(file, bytes("hell"))).toBe(
      `expected SHA-256 ${file.sha256}, received ${sha256(bytes("hell"))}; expected 5 bytes, received 4 (cut short, or damaged?)`,
    ));
  test("same size, other content", () =>
    expect(findDamage(file, bytes("jello"))).toContain("another version of the file"));
  test.each(["<!DOCTYPE html><title>404</title>", "\n  <html lang=en>", "<HTML>"])("an HTML page: %j", (page) =>
    expect(findDamage(file, bytes(page))).toContain("expected data, received an HTML page"),
  );
});

describe("decompress", () => {
  const content = bytes("the same bytes again and again and again");
  test("leaves plain bytes as they are", async () => expect(await decompress("f", content)).toBe(content));
  test("gzip and Zstandard by their first bytes", async () => {
    expect(string(await decompress("f", gzipSync(content)))).toBe(string(content));
    expect(string(await decompress("f", zstdCompressSync(content)))).toBe(string(content));
  });
  test.each([
    ["gzip", gzipSync(content)],
    ["zstd", zstdCompressSync(content)],
  ])("%s cut short", async (format, packed) => {
    const cut = decompress("labels.gz", packed.subarray(0, packed.length - 9));
    await expect(cut).rejects.toThrow(SourceFailure);
    await expect(cut).rejects.toThrow(`labels.gz: the ${format} data are cut short or damaged`);
  });
  test("gzip with a flipped byte fails its own checksum", async () => {
    const packed = gzipSync(content);
    packed[packed.length - 6]! ^= 1;
    await expect(decompress("f", packed)).rejects.toThrow("cut short or damaged");
  });
});

describe("readTar", () => {
  const archive = async () => {
    const tar = pack();
    tar.entry({ name: "./folder/", type: "directory" });
    tar.entry({ name: "./folder/a.txt" }, "A");
    tar.entry({ name: "folder/b.txt" }, "B".repeat(1000));
    tar.entry({ name: "folder/link", type: "symlink", linkname: "a.txt" });
    tar.finalize();
    return bytes(await text(tar));
  };
  test("wanted files only, without ./, no folders and links", async () => {
    const files = await readTar("t", await archive(), (path) => path !== "folder/a.txt");
    expect([...files.keys()]).toEqual(["folder/b.txt"]);
    expect(files.get("folder/b.txt")!.length).toBe(1000);
  });
  test("cut short", async () => {
    const cut = (await archive()).subarray(0, 2100);
    await expect(readTar("t.tar", cut, () => true)).rejects.toThrow("t.tar: the archive ends early or is damaged");
  });
});

describe("readAr", () => {
  const header = (name: string, size: number) => `${name.padEnd(48)}${String(size).padEnd(10)}\`\n`;
  test("members, the odd one padded", () => {
    const archive = bytes(`!<arch>\n${header("a/", 3)}abc\n${header("b", 2)}de`);
    expect([...readAr("x.deb", archive)].map((m) => [m.name, string(m.bytes)])).toEqual([
      ["a", "abc"],
      ["b", "de"],
    ]);
  });
  test("another format", () =>
    expect(() => [...readAr("x.deb", bytes("<html>"))]).toThrow('x.deb: expected a Debian package ("!<arch>")'));
  test.each([
    ["in a header", `!<arch>\n${header("a", 3).slice(0, 40)}`],
    ["in a member", `!<arch>\n${header("a", 30)}abc`],
  ])("cut short %s", (_, archive) =>
    expect(() => [...readAr("x.deb", bytes(archive))]).toThrow("x.deb: the archive ends early or is damaged at byte 8"),
  );
});

describe("unpackDebian", () => {
  const source = {
    kind: "debian" as const,
    package: "tiny",
    members: { hello: "usr/share/tiny/hello.txt", table: "usr/share/tiny/table.csv.gz" },
  };
  test.each(["xz", "zstd", "gzip"])("a package that dpkg-deb packed with %s", async (format) => {
    const files = await unpackDebian(source, fixture(`tiny-${format}.deb`));
    expect(string(files.get("hello"))).toBe("hello from a package\n");
    expect(string(await decompress("table", files.get("table")!))).toBe("a,b\n1,2\n");
  });
  test("a file that the package lacks", async () => {
    const missing = { ...source, members: { hello: "usr/share/tiny/absent" } };
    await expect(unpackDebian(missing, fixture("tiny-xz.deb"))).rejects.toThrow(
      "Debian package tiny: has no usr/share/tiny/absent (another version of the package?)",
    );
  });
  test("xz data that are cut short", async () => {
    const archive = fixture("tiny-xz.deb");
    const start = string(archive).indexOf("data.tar.xz");
    const [data] = [...readAr("tiny", archive)].filter(({ name }) => name.startsWith("data.tar"));
    expect(start).toBeGreaterThan(0);
    await expect(decompress("data.tar.xz", data!.bytes.subarray(0, 100))).rejects.toThrow(
      "data.tar.xz: the xz data are cut short or damaged",
    );
  });
});

describe("contents of a package", () => {
  const found = new Map([
    ["src/0.json", bytes("0")],
    ["src/1.json", bytes("1")],
  ]);
  test("a part that ends in / is a folder", () => {
    const contents = { parts: ["src/"], convert: (parts: ReadonlyMap<string, Uint8Array>) => parts };
    expect(isWanted(contents, "src/0.json")).toBe(true);
    expect(isWanted(contents, "source/0.json")).toBe(false);
    expect(isWanted({ members: { zero: "src/0.json" } }, "src/0.json.bak")).toBe(false);
  });
  test("members get their payload names", async () => {
    const files = await takeContents("p", { members: { one: "src/1.json" } }, found);
    expect([...files].map(([name, content]) => [name, string(content)])).toEqual([["one", "1"]]);
  });
  test("a folder that the package lacks", async () => {
    const contents = { parts: ["lib/"], convert: (parts: ReadonlyMap<string, Uint8Array>) => parts };
    await expect(takeContents("p", contents, found)).rejects.toThrow("p: has no lib/");
  });
});
