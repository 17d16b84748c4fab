using FanOut.Tests.LocalCloud.Lambda.Deployment;

namespace FanOut.Tests.LocalCloud.Lambda.Versions;

public sealed class VersionTests : DeploymentTests
{
    [Fact(Timeout = Timeout)]
    public async Task A_version_keeps_its_code_and_an_alias_moves_between_versions()
    {
        DeployedScript.SkipWithoutPython();
        await CreateAsync(more: ""","Timeout":60,"Publish":true""");
        var unchanged = await CallAsync(HttpMethod.Post, "/fanout/versions", """{"Description":"the same"}""");
        await CallAsync(HttpMethod.Put, "/fanout/code", Code(DeployedScript.Zip("two"), ""","Publish":true"""));
        var alias = await CallAsync(HttpMethod.Post, "/fanout/aliases", """{"Name":"live","FunctionVersion":"2"}""");
        var second = await InvokeAsync(name: "fanout:live");
        await CallAsync(HttpMethod.Put, "/fanout/aliases/live", """{"FunctionVersion":"1"}""");
        var first = await InvokeAsync(name: "fanout:live");

        Assert.Equal("1", unchanged.Json.GetProperty("Version").GetString());
        Assert.Equal((201, FunctionArn + ":live"), (alias.Status, alias.Json.GetProperty("AliasArn").GetString()));
        Assert.Equal(("\"two\"", "2"), (second.Text, second.Headers["X-Amz-Executed-Version"]));
        Assert.Equal(("\"one\"", "1"), (first.Text, first.Headers["X-Amz-Executed-Version"]));
        var versions = (await CallAsync(HttpMethod.Get, "/fanout/versions")).Json.GetProperty("Versions").EnumerateArray();
        Assert.Equal([FunctionArn + ":$LATEST", FunctionArn + ":1", FunctionArn + ":2"], versions.Select(version => version.GetProperty("FunctionArn").GetString()));
    }

    [Fact]
    public async Task A_version_is_published_only_of_what_the_caller_saw()
    {
        var revision = (await CreateAsync()).Json.GetProperty("RevisionId").GetString();

        var stale = await CallAsync(HttpMethod.Post, "/fanout/versions", $$"""{"RevisionId":"{{revision}}"}""");
        var other = await CallAsync(HttpMethod.Post, "/fanout/versions", """{"CodeSha256":"other"}""");

        Assert.Equal((412, "PreconditionFailedException"), (stale.Status, stale.Error));
        Assert.Equal((400, "InvalidParameterValueException"), (other.Status, other.Error));
    }

    [Fact]
    public async Task What_an_alias_means_is_there_and_stays()
    {
        await CreateAsync(more: ""","Publish":true""");
        await CallAsync(HttpMethod.Post, "/fanout/aliases", """{"Name":"live","FunctionVersion":"1"}""");

        var twice = await CallAsync(HttpMethod.Post, "/fanout/aliases", """{"Name":"live","FunctionVersion":"1"}""");
        var nothing = await CallAsync(HttpMethod.Post, "/fanout/aliases", """{"Name":"next","FunctionVersion":"7"}""");
        var used = await CallAsync(HttpMethod.Delete, "/fanout?Qualifier=1");
        var missing = await CallAsync(HttpMethod.Get, "/fanout/configuration?Qualifier=other");
        await CallAsync(HttpMethod.Delete, "/fanout/aliases/live");
        var unused = await CallAsync(HttpMethod.Delete, "/fanout?Qualifier=1");

        Assert.Equal((409, "ResourceConflictException"), (twice.Status, twice.Error));
        Assert.Equal((404, $"Function not found: {FunctionArn}:7"), (nothing.Status, nothing.Json.GetProperty("Message").GetString()));
        Assert.Equal(409, used.Status);
        Assert.Equal((404, $"Function not found: {FunctionArn}:other"), (missing.Status, missing.Json.GetProperty("Message").GetString()));
        Assert.Equal(204, unused.Status);
        Assert.Equal(404, (await CallAsync(HttpMethod.Get, "/fanout/aliases/live")).Status);
    }
}
