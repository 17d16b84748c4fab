using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The deployment packages that "dotnet publish Function" makes: what is in them, and that they run.</summary>
public sealed class PackageTests : IAsyncDisposable
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const int MostBytes = 6_000_000;
    private const int Executable = unchecked((int)0x81ED_0000);

    // Where Debian and Ubuntu put the C library of another processor, and where its OpenSSL may lie: installed, or fetched by .ci/run.
    private const string Arm64Root = "/usr/aarch64-linux-gnu";
    private static readonly string[] Arm64Libraries =
        [$"{Arm64Root}/lib", "/usr/lib/aarch64-linux-gnu", Path.Join(Checkout.Root, "artifacts", "arm64", "usr", "lib", "aarch64-linux-gnu")];

    private readonly Cloud _cloud = Cloud.Start();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-");

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    public void A_package_holds_the_program_alone_executable_and_small(string rid)
    {
        string path = Find(rid);
        using ZipArchive zip = ZipFile.OpenRead(path);

        ZipArchiveEntry program = Assert.Single(zip.Entries);
        Assert.Equal(("bootstrap", Executable, new DateTime(1980, 1, 1)), (program.FullName, program.ExternalAttributes, program.LastWriteTime.DateTime));
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
    }

    [Fact]
    public void The_portable_package_holds_assemblies_and_no_debug_files()
    {
        using ZipArchive zip = ZipFile.OpenRead(Find("dotnet10"));

        Assert.Contains("bootstrap.dll", zip.Entries.Select(static e => e.FullName));
        Assert.Contains("bootstrap.runtimeconfig.json", zip.Entries.Select(static e => e.FullName));
        Assert.All(zip.Entries, static e => Assert.Contains(Path.GetExtension(e.FullName), new[] { ".dll", ".json" }));
    }

    [Fact]
    public async Task The_program_for_x64_delivers_the_records_of_an_event()
    {
        string folder = Unpack("linux-x64");
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "This machine has another processor.");

        await DeliversAsync(new LocalFunctionOptions { Name = "fanout", Program = folder });
    }

    [Fact]
    public async Task The_portable_program_delivers_the_records_of_an_event() =>
        await DeliversAsync(new LocalFunctionOptions { Name = "fanout", Program = Unpack("dotnet10") });

    [Fact]
    public async Task The_program_for_arm64_delivers_the_records_of_an_event()
    {
        await DeliversAsync(Emulated(Unpack("linux-arm64")));
    }

    [Fact]
    public async Task The_program_for_arm64_answers_that_something_is_no_event()
    {
        await using LocalFunction function = new(Emulated(Unpack("linux-arm64")) with { Environment = Variables });

        InvocationResult answer = await function.InvokeAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Contains("The event has no Records", Encoding.UTF8.GetString(answer.Payload.Span), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Dictionary<string, string> Variables => new() { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["AWS_ENDPOINT_URL"] = _cloud.Endpoint.AbsoluteUri };

    private async Task DeliversAsync(LocalFunctionOptions options)
    {
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id").Put($$$"""
            {"sourceArn":{"S":"{{{Source}}}"},"id":{"S":"q"},"type":{"S":"sqs"},"destination":{"S":"arn:aws:sqs:us-east-1:123456789012:orders"},"active":{"BOOL":true},"collapse":{"S":"none"}}
            """);
        string[] records = [.. Enumerable.Range(0, 25).Select(static i => $"record {i}")];
        await using LocalFunction function = new(options with { Environment = Variables, Timeout = TimeSpan.FromSeconds(120), InitTimeout = TimeSpan.FromSeconds(120) });

        InvocationResult answer = await function.InvokeAsync(
            StreamEvent.Kinesis(Source, [.. records.Select(static r => ("k", Encoding.UTF8.GetBytes(r)))]), TestContext.Current.CancellationToken);

        Assert.Equal((null, """{"batchItemFailures":[]}"""), (answer.FunctionError, Encoding.UTF8.GetString(answer.Payload.Span)));
        Assert.Equal(records.Order(StringComparer.Ordinal), _cloud.Sqs.Received.Select(static a => a.Text).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("not published", string.Join('\n', function.Log.Lines), StringComparison.Ordinal);
    }

    private static LocalFunctionOptions Emulated(string folder)
    {
        string? libraries = Arm64Libraries.FirstOrDefault(static l => File.Exists(Path.Join(l, "libcrypto.so.3")));
        Assert.SkipWhen(libraries is null, "The program prepares TLS and signatures when it starts, with OpenSSL, which is not here for arm64 (libssl3:arm64).");
        string? emulator = ProgramRun.Find("qemu-aarch64-static") ?? ProgramRun.Find("qemu-aarch64");
        Assert.SkipWhen(emulator is null, "qemu-aarch64-static, which runs programs for arm64, is not on this machine (qemu-user-static).");
        Assert.SkipUnless(Directory.Exists(Arm64Root), $"{Arm64Root}, the C library for arm64, is not on this machine (libc6-arm64-cross).");
        return new LocalFunctionOptions
        {
            Name = "fanout",
            Program = emulator!,
            Arguments = ["-L", Arm64Root, "-E", $"LD_LIBRARY_PATH={libraries}", Path.Join(folder, "bootstrap")],
            Architecture = "arm64",
            InitTimeout = TimeSpan.FromSeconds(120),
            Timeout = TimeSpan.FromSeconds(120),
        };
    }

    // The program for x64 is there wherever the gate ran; for arm64 and without a processor where the machine could make it, or was asked to.
    private static string Find(string form)
    {
        string path = Path.Join(Checkout.Root, "bin", "function", $"fanout-{form}.zip");
        if (!File.Exists(path))
        {
            string remedy = form == "dotnet10" ? "dotnet publish Function -c Release -p:CanLink=false" : $"dotnet publish Function -c Release -r {form}";
            if (form == "linux-x64")
            {
                ServerMissing.EndTest(Path.GetFileName(path), remedy);
            }

            Assert.Skip($"{Path.GetFileName(path)} is not there. To run this test: {remedy}");
        }

        return path;
    }

    // .NET gives files the modes that stand in the zip, as Lambda does.
    private string Unpack(string form)
    {
        ZipFile.ExtractToDirectory(Find(form), _folder.FullName);
        return _folder.FullName;
    }
}
