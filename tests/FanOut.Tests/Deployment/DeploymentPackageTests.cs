using FanOut.Deployment;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Deployment;

public sealed class DeploymentPackageTests
{
    [Theory]
    [InlineData("fanout-linux-arm64.zip fanout-linux-x64.zip fanout-dotnet10.zip", "arm64", "provided.al2023")]
    [InlineData("fanout-linux-x64.zip fanout-dotnet10.zip", "arm64", "dotnet10")]
    [InlineData("fanout-linux-x64.zip fanout-dotnet10.zip", "x86_64", "provided.al2023")]
    [InlineData("fanout-dotnet10.zip", null, "dotnet10")]
    [InlineData("", null, "provided.al2023")]
    public void The_portable_package_is_taken_where_there_is_no_other(string there, string? architecture, string expected) =>
        Assert.Equal(expected, DeploymentPackage.RuntimeFor(Settings with { Architecture = architecture }, file => there.Split(' ').Contains(Path.GetFileName(file))));

    [Fact]
    public void What_is_said_is_taken_whatever_there_is()
    {
        Assert.Equal("provided.al2023", DeploymentPackage.RuntimeFor(Settings with { PackagePath = "own.zip" }, static file => file.EndsWith("dotnet10.zip", StringComparison.Ordinal)));
        Assert.Equal("provided.al2023", DeploymentPackage.RuntimeFor(Settings with { Runtime = "provided.al2023" }, static file => file.EndsWith("dotnet10.zip", StringComparison.Ordinal)));
    }

    private static PublishSettings Settings
    {
        get
        {
            Assert.True(FunctionDestination.TryParse("fanout", out FunctionDestination? function, out _));
            return new PublishSettings { Function = function };
        }
    }
}
