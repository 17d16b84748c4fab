using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

public sealed class ProcessEnvironmentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-program-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_assembly_is_started_by_dotnet()
    {
        var program = Touch("bootstrap.dll");

        var start = ProcessEnvironment.StartInfo(new() { Name = "f", Program = _folder.FullName, Arguments = ["a b"] }, "127.0.0.1:1");

        Assert.Equal("dotnet", start.FileName);
        Assert.Equal([program, "a b"], start.ArgumentList);
        Assert.Equal(_folder.FullName, start.WorkingDirectory);
        Assert.Equal("127.0.0.1:1", start.Environment["AWS_LAMBDA_RUNTIME_API"]);
    }

    [Fact]
    public void A_native_bootstrap_comes_before_an_assembly()
    {
        Touch("bootstrap.dll");
        var program = Touch(OperatingSystem.IsWindows() ? "bootstrap.exe" : "bootstrap");

        Assert.Equal(program, ProcessEnvironment.StartInfo(new() { Name = "f", Program = _folder.FullName }, "127.0.0.1:1").FileName);
    }

    private string Touch(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, []);
        return path;
    }
}
