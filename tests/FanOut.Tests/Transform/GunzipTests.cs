using System.Globalization;
using System.IO.Compression;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public sealed class GunzipTests
{
    private const long Most = 1_000_000;

    // 0: more of the same; 1: nothing in common; 2: text.
    private static readonly Gen<byte[]> Content = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 40_000], Gen.Byte, Gen.Int).Select(static (kind, length, value, seed) =>
    {
        byte[] bytes = new byte[length];
        var random = new Random(seed);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = kind switch { 0 => value, 1 => (byte)random.Next(256), _ => (byte)('a' + random.Next(4)) };
        }

        return bytes;
    });

    private static readonly Gen<(byte[] Content, byte[] Packed)> Packed =
        from contents in Content.Array[1, 4]
        from levels in Gen.Enum<CompressionLevel>().Array[4]
        select (contents.SelectMany(static c => c).ToArray(), contents.SelectMany((c, i) => Gzip.Of(c, levels[i])).ToArray());

    [Fact]
    public void What_went_in_comes_out_of_any_number_of_members() => Packed.Sample(static p =>
    {
        Assert.True(Gunzip.Is(p.Packed) && Gunzip.MayBe(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(p.Packed))));
        (byte[]? content, UnpackFault? fault) = Unpack(p.Packed);
        Assert.Null(fault);
        Assert.Equal(p.Content, content);
    }, iter: 300);

    // GZipStream takes each of these for whole.
    [Fact]
    public void What_breaks_off_anywhere_is_no_gzip() => Gen.Select(Packed, Gen.Double[0, 1]).Sample(static (p, where) =>
    {
        int length = Math.Max(3, (int)(where * (p.Packed.Length - 1)));
        (byte[]? content, UnpackFault? fault) = Unpack(p.Packed[..length]);
        if (fault is null)
        {
            // It breaks off between two members.
            Assert.True(p.Content.AsSpan().StartsWith(content));
            Assert.True(Gunzip.Is(p.Packed.AsSpan(length)));
        }
        else
        {
            Assert.Equal(Undecodable.Broken, fault.Code);
        }
    }, iter: 2_000);

    [Fact]
    public void Each_end_of_a_member_that_breaks_off_is_noticed()
    {
        byte[] packed = Gzip.Of(new byte[1_000]);
        for (int length = 3; length < packed.Length; length++)
        {
            Assert.Equal(Undecodable.Broken, Unpack(packed[..length]).Fault?.Code);
            Assert.Equal(Undecodable.Broken, Unpack([.. packed, .. packed[..length]]).Fault?.Code);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    public void What_is_followed_by_something_else_is_no_gzip(byte[] behind) => Assert.Equal(Undecodable.Broken, Unpack([.. Gzip.Of("data"u8), .. behind]).Fault?.Code);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, UnpackFault.TooLarge)]
    [InlineData(100_000_000, UnpackFault.TooLarge)]
    public void It_unpacks_to_as_much_as_is_allowed_and_never_to_more(int beyond, string? code)
    {
        byte[] content = new byte[Most + beyond];
        foreach (byte[] packed in new[] { Gzip.Of(content), [.. Gzip.Of(content.AsSpan()[..^1]), .. Gzip.Of(content.AsSpan(0, 1))] })
        {
            using var into = new Scratch();
            UnpackFault? fault = Gunzip.Read(packed, into, Most);
            Assert.Equal(code, fault?.Code);
            Assert.InRange(into.GetMemory().Length + into.Written.Length, 0, 4 * Most);
            if (fault is not null)
            {
                Assert.Contains(Most.ToString(CultureInfo.InvariantCulture), fault.Reason, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Python's gzip as the counterpart, over gzip with all that a header may have, damaged in any place.</summary>
    [Fact]
    public async Task It_takes_what_Python_takes_and_refuses_what_Python_refuses()
    {
        const string Script = """
            import gzip, random, zlib, struct
            random.seed(7)
            def member(data, flags):
                head = b"\x1f\x8b\x08" + bytes([flags]) + struct.pack("<I", random.getrandbits(32)) + b"\x00\xff"
                if flags & 4: head += struct.pack("<H", 6) + b"AB\x02\x00xy"
                if flags & 8: head += b"name.log\x00"
                if flags & 16: head += b"a comment\x00"
                if flags & 2: head += struct.pack("<H", zlib.crc32(head) & 0xffff)
                deflate = zlib.compressobj(random.randrange(10), zlib.DEFLATED, -15)
                return head + deflate.compress(data) + deflate.flush() + struct.pack("<II", zlib.crc32(data), len(data))
            for case in range(3000):
                packed = b"".join(member(bytes(random.choices(b"abc\x00\xff{}", k=random.randrange(0, 300))), random.choice([0, 0, 2, 4, 8, 16, 30])) for _ in range(random.randrange(1, 4)))
                damaged = bytearray(packed)
                for _ in range(random.randrange(0, 3)):
                    at = random.randrange(3, len(damaged) + 1)
                    kind = random.randrange(3)
                    if kind == 0: damaged[at:at] = bytes([random.getrandbits(8)])
                    elif kind == 1: damaged[at:at + 1] = bytes([random.getrandbits(8)]) if at < len(damaged) else b""
                    else: del damaged[at:]
                try: out = gzip.decompress(bytes(damaged)).hex()
                except Exception: out = "-"
                print(damaged.hex(), out)
            """;
        if (ProgramRun.Find("python3") is not { } python)
        {
            ServerMissing.EndTest("python3", "apt-get install python3");
            return;
        }

        ProgramRun run = await ProgramRun.OfAsync(python, ["-c", Script], TestContext.Current.CancellationToken);
        Assert.True(run.Errors.Length == 0, run.Errors);
        int taken = 0, refused = 0;
        foreach (string[] line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static l => l.Split(' ')))
        {
            byte[] packed = Convert.FromHexString(line[0]);
            string ours = Unpack(packed) is (var content, null) ? Convert.ToHexString(content).ToLowerInvariant() : "-", theirs = line.ElementAtOrDefault(1) ?? "";
            bool isPadded = packed[^1] == 0 && ours == "-";
            Assert.True(ours == theirs || isPadded, $"{line[0]}: '{ours}', Python's '{theirs}'");
            (taken, refused) = (taken + (ours == "-" ? 0 : 1), refused + (ours == "-" ? 1 : 0));
        }

        Assert.True(taken > 500 && refused > 500, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Damage_never_ends_in_anything_but_a_reason() => Arbitrary.Damaged([.. Gzip.Of("{\"a\":1}"u8), .. Gzip.Of(new byte[5_000])], "\u001f\u008b\b").Sample(static bytes =>
    {
        if (Gunzip.Is(bytes))
        {
            (byte[]? content, UnpackFault? fault) = Unpack(bytes);
            Assert.True(content is null ^ fault is null);
        }
    }, iter: 3_000);

    private static (byte[] Content, UnpackFault? Fault) Unpack(byte[] packed)
    {
        using var into = new Scratch();
        UnpackFault? fault = Gunzip.Read(packed, into, Most);
        return (fault is null ? into.Written.ToArray() : null!, fault);
    }
}
