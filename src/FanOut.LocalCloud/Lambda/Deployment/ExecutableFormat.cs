using System.Runtime.InteropServices;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>Reads the instruction set of a program (ELF's <c>e_machine</c>, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html).</summary>
internal static class ExecutableFormat
{
    private const int X64 = 0x3E;
    private const int Arm64 = 0xB7;

    /// <summary>The instruction set of this machine, in Lambda's words.</summary>
    public static string OfThisMachine => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x86_64";

    /// <summary>
    /// The instruction set of a Linux program in Lambda's words, <c>unknown</c> for one that Lambda does not have; null if it is no such program, but
    /// a script for example.
    /// </summary>
    public static string? OfProgram(string path)
    {
        Span<byte> head = stackalloc byte[20];
        using var file = File.OpenRead(path);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("\u007FELF"u8))
        {
            return null;
        }

        return (head[18] | (head[19] << 8)) switch
        {
            X64 => "x86_64",
            Arm64 => "arm64",
            _ => "unknown",
        };
    }
}
