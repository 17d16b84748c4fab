using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class LambdaDeploymentTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_is_made_out_of_a_package_of_some_hundred_KB()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        using AmazonLambdaClient client = Client(endpoint);
        byte[] package = Package(seed: 1, size: 400_000);

        CreateFunctionResponse made = await client.CreateFunctionAsync(
            new()
            {
                FunctionName = "deployed",
                Description = "é",
                Role = await RoleAsync(endpoint, "deployed"),
                Runtime = "provided.al2023",
                Handler = "bootstrap",
                MemorySize = 256,
                Timeout = 30,
                Architectures = ["arm64"],
                Environment = new() { Variables = new() { ["A"] = "1+/=" } },
                VpcConfig = new() { SubnetIds = ["subnet-1"], SecurityGroupIds = ["sg-1"] },
                TracingConfig = new() { Mode = "Active" },
                Tags = new() { ["by"] = "FanOut", ["é"] = "" },
                Code = new() { ZipFile = package },
            },
            Cancellation);
        await client.PutFunctionConcurrencyAsync(new() { FunctionName = "deployed", ReservedConcurrentExecutions = 5 }, Cancellation);
        GetFunctionResponse found = await client.GetFunctionAsync(new() { FunctionName = "deployed" }, Cancellation);

        string hash = Convert.ToBase64String(SHA256.HashData(package));
        JsonNode read = await ReadAsync(api, "deployed");
        Assert.Equal((hash, (int?)package.Length), ((string?)read["Configuration"]!["CodeSha256"], (int?)read["Configuration"]!["CodeSize"]));
        Assert.Equal("""{"by":"FanOut","é":""}""", Json(read["Tags"]));
        Assert.Equal(HttpStatusCode.Created, made.HttpStatusCode);
        foreach (FunctionConfiguration function in new[] { made, found.Configuration! })
        {
            Assert.Equal(("deployed", hash, (long?)package.Length), (function.FunctionName, function.CodeSha256, function.CodeSize));
            Assert.Equal(("é", "provided.al2023", "bootstrap", (int?)256, (int?)30), (function.Description, function.Runtime, function.Handler, function.MemorySize, function.Timeout));
            Assert.Equal(("arm64", "1+/=", "Active"), (Assert.Single(function.Architectures!), function.Environment!.Variables!["A"], function.TracingConfig!.Mode));
            Assert.Equal(("subnet-1", "sg-1"), (Assert.Single(function.VpcConfig!.SubnetIds!), Assert.Single(function.VpcConfig.SecurityGroupIds!)));
            Assert.Empty(function.Layers!);
        }

        Assert.Equal(new() { ["by"] = "FanOut", ["é"] = "" }, found.Tags);
        Assert.Equal(5, found.Concurrency!.ReservedConcurrentExecutions);
        Assert.Equal(("S3", Uri.UriSchemeHttps), (found.Code!.RepositoryType, new Uri(found.Code.Location!).Scheme));
    }

    [Fact]
    public async Task A_package_is_replaced_unless_it_is_only_checked()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-replaced");
        using ServiceApi api = new((await moto.StartAsync()).Endpoint);
        byte[] package = Package(seed: 2, size: 300_000);
        string before = (string)(await ReadAsync(api, "deployed-replaced"))["Configuration"]!["CodeSha256"]!;

        await client.UpdateFunctionCodeAsync(new() { FunctionName = "deployed-replaced", ZipFile = package, DryRun = true }, Cancellation);
        Assert.Equal(before, (string?)(await ReadAsync(api, "deployed-replaced"))["Configuration"]!["CodeSha256"]);

        UpdateFunctionCodeResponse answer = await client.UpdateFunctionCodeAsync(new() { FunctionName = "deployed-replaced", ZipFile = package }, Cancellation);

        string hash = Convert.ToBase64String(SHA256.HashData(package));
        Assert.Equal((hash, (long?)package.Length), (answer.CodeSha256, answer.CodeSize));
        Assert.Equal(hash, (string?)(await ReadAsync(api, "deployed-replaced"))["Configuration"]!["CodeSha256"]);
    }

    [Fact]
    public async Task A_function_is_deleted()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-deleted");

        DeleteFunctionResponse answer = await client.DeleteFunctionAsync(new() { FunctionName = "deployed-deleted" }, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.HttpStatusCode);
        await RefusedAsync(HttpStatusCode.NotFound, "ResourceNotFoundException", client.GetFunctionAsync(new() { FunctionName = "deployed-deleted" }, Cancellation));
        await RefusedAsync(HttpStatusCode.NotFound, "ResourceNotFoundException", client.DeleteFunctionAsync(new() { FunctionName = "deployed-deleted" }, Cancellation));
    }

    [Fact]
    public async Task A_function_that_exists_and_a_role_that_cannot_be_assumed_are_refused()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-twice");
        CreateFunctionRequest request = new()
        {
            FunctionName = "deployed-twice",
            Role = $"arn:aws:iam::{Emulated.Account}:role/deployed-twice",
            Runtime = "provided.al2023",
            Handler = "bootstrap",
            Code = new() { ZipFile = Package(seed: 3, size: 100) },
        };

        await RefusedAsync(HttpStatusCode.Conflict, "ResourceConflictException", client.CreateFunctionAsync(request, Cancellation));
        (request.FunctionName, request.Role) = ("deployed-roleless", $"arn:aws:iam::{Emulated.Account}:role/absent");
        await RefusedAsync(HttpStatusCode.BadRequest, "InvalidParameterValueException", client.CreateFunctionAsync(request, Cancellation));
    }

    [Fact]
    public async Task Concurrency_is_reserved_and_given_back()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-reserved");

        Assert.Null((await client.GetFunctionConcurrencyAsync(new() { FunctionName = "deployed-reserved" }, Cancellation)).ReservedConcurrentExecutions);
        Assert.Equal(7, (await client.PutFunctionConcurrencyAsync(new() { FunctionName = "deployed-reserved", ReservedConcurrentExecutions = 7 }, Cancellation)).ReservedConcurrentExecutions);
        Assert.Equal(7, (await client.GetFunctionConcurrencyAsync(new() { FunctionName = "deployed-reserved" }, Cancellation)).ReservedConcurrentExecutions);
        await client.DeleteFunctionConcurrencyAsync(new() { FunctionName = "deployed-reserved" }, Cancellation);
        Assert.Null((await client.GetFunctionConcurrencyAsync(new() { FunctionName = "deployed-reserved" }, Cancellation)).ReservedConcurrentExecutions);
    }

    [Fact]
    public async Task Tags_are_added_listed_and_taken()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-tagged");
        string arn = $"arn:aws:lambda:{Emulated.Region}:{Emulated.Account}:function:deployed-tagged";

        await client.TagResourceAsync(new() { Resource = arn, Tags = new() { ["a"] = "1", ["b c"] = "é", ["d"] = "" } }, Cancellation);
        Assert.Equal(new() { ["a"] = "1", ["b c"] = "é", ["d"] = "" }, (await client.ListTagsAsync(new() { Resource = arn }, Cancellation)).Tags);

        await client.UntagResourceAsync(new() { Resource = arn, TagKeys = ["b c", "a"] }, Cancellation);
        Assert.Equal(new() { ["d"] = "" }, (await client.ListTagsAsync(new() { Resource = arn }, Cancellation)).Tags);
    }

    [Fact]
    public async Task A_permission_is_given_and_read()
    {
        using AmazonLambdaClient client = await StartAsync("deployed-permitted");
        string topic = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:topic";

        AddPermissionResponse added = await client.AddPermissionAsync(
            new() { FunctionName = "deployed-permitted", StatementId = "sns", Action = "lambda:InvokeFunction", Principal = "sns.amazonaws.com", SourceArn = topic }, Cancellation);
        FanOut.Aws.Lambda.GetFunctionPolicyResponse policy = await client.GetPolicyAsync(new() { FunctionName = "deployed-permitted" }, Cancellation);

        JsonNode statement = Assert.Single(JsonNode.Parse(policy.Policy!)!["Statement"]!.AsArray())!;
        Assert.Equal(("sns", topic, "sns.amazonaws.com"), ((string?)statement["Sid"], (string?)statement["Condition"]!["ArnLike"]!["AWS:SourceArn"], (string?)statement["Principal"]!["Service"]));
        Assert.Equal("sns", (string?)JsonNode.Parse(added.Statement!)!["Sid"] ?? (string?)JsonNode.Parse(added.Statement!)!["StatementId"]);
        Assert.NotEmpty(policy.RevisionId!);
    }

    internal static async Task<string> RoleAsync(Uri endpoint, string name)
    {
        using AmazonIdentityManagementServiceClient iam = new(Emulated.Credentials, Emulated.Config(AmazonIdentityManagementServiceClient.Service, endpoint));
        const string Trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
            """;
        return (await iam.CreateRoleAsync(new() { RoleName = name, AssumeRolePolicyDocument = Trust }, Cancellation)).Role!.Arn!;
    }

    /// <summary>A zip archive that does not compress.</summary>
    internal static byte[] Package(int seed, int size)
    {
        byte[] content = new byte[size];
        new Random(seed).NextBytes(content);
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("bootstrap", CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }

    private static async Task RefusedAsync(HttpStatusCode status, string code, Task call)
    {
        AmazonLambdaException refusal = await Assert.ThrowsAsync<AmazonLambdaException>(() => call);
        Assert.Equal((status, code), (refusal.StatusCode, refusal.ErrorCode));
        Assert.NotEmpty(refusal.Message);
    }

    private static async Task<JsonNode> ReadAsync(ServiceApi api, string function) =>
        JsonNode.Parse(await api.RestAsync(HttpMethod.Get, "lambda", "/2015-03-31/functions/" + function))!;

    private static string Json(JsonNode? json) => json!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static AmazonLambdaClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint));

    private async Task<AmazonLambdaClient> StartAsync(string function)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await LambdaFunction.CreateAsync(api, function);
        return Client(endpoint);
    }
}
