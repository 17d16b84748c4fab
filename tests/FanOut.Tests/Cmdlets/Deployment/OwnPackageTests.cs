using System.IO.Compression;
using System.Management.Automation;
using System.Text;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>-PackagePath: a package that Lambda would take, and then could not start, is refused before anything is made.</summary>
public sealed class OwnPackageTests : DeploymentTests
{
    private const int Runnable = 0b111_101_101;
    private const string DotNet10 = """{"runtimeOptions":{"tfm":"net10.0"}}""";

    private static readonly byte[] Arm64 = Elf(183), X64 = Elf(62);

    [Theory]
    [InlineData("no zip", "", "is no zip")]
    [InlineData("empty", "", "has neither bootstrap nor bootstrap.dll at its root")]
    [InlineData("empty", "-Runtime provided.al2023", "has no program bootstrap at its root")]
    [InlineData("folder", "", "has it in the folder publish/")]
    [InlineData("arm64", "-Architecture x86_64", "is a program for arm64, and the function's processor is x86_64")]
    [InlineData("x64", "-Architecture arm64", "is a program for x86_64, and the function's processor is arm64")]
    [InlineData("riscv", "", "is a program for a processor (243 in its ELF header) that Lambda does not have")]
    [InlineData("big endian", "", "is no 64-bit program for Linux")]
    [InlineData("windows", "", "is neither a program for Linux (ELF) nor a script (#!)")]
    [InlineData("not executable", "", "is not executable")]
    [InlineData("windows script", "", "whose first line ends with a carriage return")]
    [InlineData("damaged", "", "is damaged")]
    [InlineData("other content", "", "is damaged: the file bootstrap is not what was packed")]
    [InlineData("encrypted", "", "has the file bootstrap encrypted")]
    [InlineData("large", "", "has 51 MB, and Lambda takes 50")]
    [InlineData("large unpacked", "", "has 251 MB when it is unpacked, and Lambda takes 250")]
    [InlineData("portable", "-Runtime provided.al2023", "it is a portable package, for the runtime dotnet10")]
    [InlineData("arm64", "-Runtime dotnet10", "it is a program, for the runtime provided.al2023")]
    [InlineData("portable for 8", "-Runtime dotnet10", "is made for net8.0, and the function's runtime is dotnet10")]
    [InlineData("no configuration", "-Runtime dotnet10", "has no bootstrap.runtimeconfig.json")]
    public void What_could_not_start_is_refused_before_anything_is_made(string package, string parameters, string problem)
    {
        Write(package);

        ErrorRecord error = Run($"Publish-FanOutFunction {parameters}").Error();

        Assert.StartsWith("PackageInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("function.zip", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
        Assert.Empty(Session.Changes);
        Assert.StartsWith("PackageInvalid,", Run($"Publish-FanOutFunction {parameters} -WhatIf").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arm64", "provided.al2023 arm64")]
    [InlineData("x64", "provided.al2023 x86_64")]
    [InlineData("script", "provided.al2023 arm64")]
    [InlineData("portable", "dotnet10 arm64")]
    public void A_new_function_gets_the_runtime_and_the_processor_of_its_package(string package, string expected)
    {
        Write(package);

        PSObject function = Run("Publish-FanOutFunction").Only();

        Assert.Equal(expected, Texts(function, "Runtime", "Architecture"));
        Session.Forget();
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_function_that_is_there_keeps_its_processor_until_the_user_names_another()
    {
        Write("arm64");
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Write("x64");
        Session.Forget();

        ErrorRecord error = Run("Publish-FanOutFunction").Error();

        Assert.Equal("Give -Architecture x86_64, or a package for arm64.", error.ErrorDetails.RecommendedAction);
        Assert.Empty(Session.Changes);
        Assert.Equal("provided.al2023 x86_64", Texts(Run("Publish-FanOutFunction -Architecture x86_64").Only(), "Runtime", "Architecture"));
    }

    // Changes a package at a place behind a mark: where a header begins, or the first file's content, which follows its name.
    private void Change(ReadOnlySpan<byte> mark, int offset, byte change)
    {
        byte[] zip = File.ReadAllBytes(PackagePath);
        zip[zip.AsSpan().IndexOf(mark) + offset] ^= change;
        File.WriteAllBytes(PackagePath, zip);
    }

    private void Write(string package)
    {
        switch (package)
        {
            case "damaged":
                Write("arm64");
                Change("PK\u0001\u0002"u8, 42, 0x7F);
                return;
            case "other content":
                Write("arm64");
                Change("PK\u0001\u0002"u8, 16, 1);
                return;
            case "encrypted":
                Write("arm64");
                Change("PK\u0003\u0004"u8, 6, 1);
                Change("PK\u0001\u0002"u8, 8, 1);
                return;
        }

        if (package == "no zip")
        {
            File.WriteAllText(PackagePath, "PK");
            return;
        }

        (string Name, byte[] Content, int Mode)[] files = package switch
        {
            "arm64" => [("bootstrap", Arm64, Runnable)],
            "x64" => [("bootstrap", X64, Runnable)],
            "riscv" => [("bootstrap", Elf(243), Runnable)],
            "big endian" => [("bootstrap", [.. Arm64[..5], 2, .. Arm64[6..]], Runnable)],
            "windows" => [("bootstrap", Encoding.ASCII.GetBytes("MZ and more of it"), Runnable)],
            "script" => [("bootstrap", Encoding.ASCII.GetBytes("#!/bin/sh\n"), Runnable)],
            "windows script" => [("bootstrap", Encoding.ASCII.GetBytes("#!/bin/sh\r\necho\r\n"), Runnable)],
            "large" => [("bootstrap", Arm64, Runnable), ("data", Noise(51 << 20), 0b110_100_100)],
            "large unpacked" => [("bootstrap", Arm64, Runnable), ("data", new byte[251 << 20], 0b110_100_100)],
            "not executable" => [("bootstrap", Arm64, 0b110_100_100)],
            "folder" => [("publish/bootstrap", Arm64, Runnable)],
            "portable" => [("bootstrap.dll", [], 0), ("bootstrap.runtimeconfig.json", Encoding.ASCII.GetBytes(DotNet10), 0)],
            "portable for 8" => [("bootstrap.dll", [], 0), ("bootstrap.runtimeconfig.json", Encoding.ASCII.GetBytes(DotNet10.Replace("10", "8", StringComparison.Ordinal)), 0)],
            "no configuration" => [("bootstrap.dll", [], 0)],
            _ => [],
        };
        using FileStream file = File.Create(PackagePath);
        using ZipArchive zip = new(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] content, int mode) in files)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name);
            entry.ExternalAttributes = mode << 16;
            using Stream stream = entry.Open();
            stream.Write(content);
        }
    }

    // What cannot be made smaller.
    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    // The first bytes of a 64-bit, little-endian executable for a processor: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
    private static byte[] Elf(byte machine) => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, machine, 0];
}
