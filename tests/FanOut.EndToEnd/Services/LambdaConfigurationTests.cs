using System.Net;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class LambdaConfigurationTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("configured", null)]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:configured-by-arn", "$LATEST")]
    public async Task Settings_are_read(string function, string? qualifier)
    {
        string name = function[(function.LastIndexOf(':') + 1)..];
        using AmazonLambdaClient client = await StartAsync(name);

        GetFunctionConfigurationResponse found = await client.GetFunctionConfigurationAsync(new() { FunctionName = function, Qualifier = qualifier }, Cancellation);

        Assert.Equal((name, "bootstrap", "provided.al2023", "$LATEST"), (found.FunctionName, found.Handler, found.Runtime, found.Version));
        Assert.StartsWith($"arn:aws:lambda:{Emulated.Region}:{Emulated.Account}:function:{name}", found.FunctionArn, StringComparison.Ordinal);
        Assert.Equal($"arn:aws:iam::{Emulated.Account}:role/{name}", found.Role);
        Assert.Equal(((int?)128, (int?)3, "Active", "Zip"), (found.MemorySize, found.Timeout, found.State, found.PackageType));
        Assert.Equal(["x86_64"], found.Architectures!);
        Assert.True(found.CodeSize > 0);
        Assert.NotEmpty(found.CodeSha256!);
        Assert.NotEmpty(found.LastModified!);
    }

    [Fact]
    public async Task Only_what_is_set_is_changed()
    {
        using AmazonLambdaClient client = await StartAsync("changed");

        await client.UpdateFunctionConfigurationAsync(
            new() { FunctionName = "changed", MemorySize = 256, Description = "é", Environment = new() { Variables = new() { ["A"] = "1", ["B"] = "" } } },
            Cancellation);
        UpdateFunctionConfigurationResponse answer = await client.UpdateFunctionConfigurationAsync(
            new() { FunctionName = "changed", Timeout = 60, VpcConfig = new() { SubnetIds = ["subnet-1", "subnet-2"], SecurityGroupIds = ["sg-1"] } }, Cancellation);
        GetFunctionConfigurationResponse found = await client.GetFunctionConfigurationAsync(new() { FunctionName = "changed" }, Cancellation);

        foreach (FunctionConfiguration function in new FunctionConfiguration[] { answer, found })
        {
            Assert.Equal(((int?)256, (int?)60, "é", "bootstrap"), (function.MemorySize, function.Timeout, function.Description, function.Handler));
            Assert.Equal(new Dictionary<string, string> { ["A"] = "1", ["B"] = "" }, function.Environment!.Variables);
            Assert.Equal(["subnet-1", "subnet-2"], function.VpcConfig!.SubnetIds!);
            Assert.Equal(["sg-1"], function.VpcConfig.SecurityGroupIds!);
        }
    }

    [Fact]
    public async Task Functions_are_listed()
    {
        using AmazonLambdaClient client = await StartAsync("listed");

        ListFunctionsResponse page = await client.ListFunctionsAsync(new() { MaxItems = 50 }, Cancellation);

        FunctionConfiguration listed = Assert.Single(page.Functions!, function => function.FunctionName == "listed");
        Assert.Equal("provided.al2023", listed.Runtime);
        Assert.Null(page.NextMarker);
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        using AmazonLambdaClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(
            () => client.GetFunctionConfigurationAsync(new() { FunctionName = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
    }

    private static AmazonLambdaClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));

    private async Task<AmazonLambdaClient> StartAsync(string function)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, function);
        return Client(endpoint);
    }
}
