using System.Buffers.Binary;

namespace FanOut.Deployment;

/// <summary>What the first bytes of a file say of the machine that it runs on.</summary>
/// <remarks>
/// The format: <see href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html"/>; the machines' numbers:
/// <see href="https://www.sco.com/developers/gabi/latest/ch4.eheader.html"/>.
/// </remarks>
/// <param name="Architecture">The processor, as Lambda calls it; null: any (a script), or none of Lambda's.</param>
/// <param name="Problem">Why Lambda cannot start the file, after "a file that"; null: it can.</param>
internal sealed record ElfHeader(string? Architecture, string? Problem)
{
    /// <summary>How many bytes of a program are looked at; of a script, its first line.</summary>
    public const int Size = 20;

    private const byte Is64Bit = 2, IsLittleEndian = 1;
    private const ushort X64 = 62, Arm64 = 183;

    /// <summary>Reads the first bytes of a file.</summary>
    public static ElfHeader Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("#!"u8))
        {
            int end = start.IndexOf((byte)'\n');
            return new(null, end > 0 && start[end - 1] == '\r' ? "is a script whose first line ends with a carriage return, as on Windows: Linux takes that for a part of the interpreter's name" : null);
        }

        if (!start.StartsWith("\u007fELF"u8) || start.Length < Size)
        {
            return new(null, "is neither a program for Linux (ELF) nor a script (#!)");
        }

        if (start[4] != Is64Bit || start[5] != IsLittleEndian)
        {
            return new(null, "is no 64-bit program for Linux on arm64 or x86_64");
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(start[18..]) switch
        {
            X64 => new("x86_64", null),
            Arm64 => new("arm64", null),
            var other => new(null, $"is a program for a processor ({other} in its ELF header) that Lambda does not have"),
        };
    }
}
