using System.Net;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class LambdaVersionTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_are_published_listed_and_deleted()
    {
        using AmazonLambdaClient client = await StartAsync("versions");

        PublishVersionResponse first = await client.PublishVersionAsync(new() { FunctionName = "versions", Description = "é" }, Cancellation);
        await client.UpdateFunctionCodeAsync(new() { FunctionName = "versions", ZipFile = LambdaDeploymentTests.Package(seed: 4, size: 100) }, Cancellation);
        PublishVersionResponse second = await client.PublishVersionAsync(new() { FunctionName = "versions" }, Cancellation);

        Assert.Equal(("1", "2", "é"), (first.Version, second.Version, first.Description));
        Assert.EndsWith(":function:versions:2", second.FunctionArn, StringComparison.Ordinal);
        Assert.NotEqual(first.CodeSha256, second.CodeSha256);
        Assert.Equal(
            first.CodeSha256,
            (await client.GetFunctionAsync(new() { FunctionName = "versions", Qualifier = "1" }, Cancellation)).Configuration!.CodeSha256);

        ListVersionsByFunctionResponse listed = await client.ListVersionsByFunctionAsync(new() { FunctionName = "versions" }, Cancellation);
        Assert.Equal(["$LATEST", "1", "2"], listed.Versions!.Select(version => version.Version!).Order(StringComparer.Ordinal));
        Assert.Null(listed.NextMarker);

        await client.DeleteFunctionAsync(new() { FunctionName = "versions", Qualifier = "1" }, Cancellation);
        listed = await client.ListVersionsByFunctionAsync(new() { FunctionName = "versions" }, Cancellation);
        Assert.Equal(["$LATEST", "2"], listed.Versions!.Select(version => version.Version!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_alias_is_made_moved_listed_and_deleted()
    {
        using AmazonLambdaClient client = await StartAsync("aliased");
        await client.PublishVersionAsync(new() { FunctionName = "aliased" }, Cancellation);

        CreateAliasResponse made = await client.CreateAliasAsync(new() { FunctionName = "aliased", Name = "live", FunctionVersion = "$LATEST", Description = "é" }, Cancellation);
        UpdateAliasResponse moved = await client.UpdateAliasAsync(
            new() { FunctionName = "aliased", Name = "live", FunctionVersion = "1", RoutingConfig = new() { AdditionalVersionWeights = new() { ["2"] = 0.25 } } }, Cancellation);
        GetAliasResponse found = await client.GetAliasAsync(new() { FunctionName = "aliased", Name = "live" }, Cancellation);

        Assert.Equal(("live", "$LATEST", "é"), (made.Name, made.FunctionVersion, made.Description));
        AliasConfiguration listed = Assert.Single((await client.ListAliasesAsync(new() { FunctionName = "aliased" }, Cancellation)).Aliases!);
        foreach (AliasConfiguration alias in new[] { moved, found, listed })
        {
            Assert.Equal(("live", "1", "é"), (alias.Name, alias.FunctionVersion, alias.Description));
            Assert.Equal($"arn:aws:lambda:{Emulated.Region}:{Emulated.Account}:function:aliased:live", alias.AliasArn);
            Assert.Equal(0.25, alias.RoutingConfig!.AdditionalVersionWeights!["2"]);
        }

        await RefusedAsync(HttpStatusCode.Conflict, "ConflictException", client.CreateAliasAsync(new() { FunctionName = "aliased", Name = "live", FunctionVersion = "1" }, Cancellation));
        await client.DeleteAliasAsync(new() { FunctionName = "aliased", Name = "live" }, Cancellation);
        await RefusedAsync(HttpStatusCode.NotFound, "ResourceNotFoundException", client.GetAliasAsync(new() { FunctionName = "aliased", Name = "live" }, Cancellation));
    }

    private static async Task RefusedAsync(HttpStatusCode status, string code, Task call)
    {
        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(() => call);
        Assert.Equal((status, code), (refusal.StatusCode, refusal.ErrorCode));
    }

    private async Task<AmazonLambdaClient> StartAsync(string function)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, function);
        return new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));
    }
}
