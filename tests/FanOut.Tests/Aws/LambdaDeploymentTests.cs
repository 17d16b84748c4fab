using FanOut.Aws.Lambda;

namespace FanOut.Tests.Aws;

/// <summary>What moto does not do: settings that it drops, pages, conditions; and what is not sent.</summary>
public sealed class LambdaDeploymentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_setting_of_a_new_function_is_sent()
    {
        await using Wire wire = new("{}", "{}");
        using AmazonLambdaClient client = Client(wire);

        await client.CreateFunctionAsync(
            new()
            {
                FunctionName = "f",
                Description = "d",
                Role = "arn:r",
                Runtime = "provided.al2023",
                Handler = "bootstrap",
                MemorySize = 128,
                Timeout = 30,
                Environment = new() { Variables = new() { ["K"] = "v" } },
                VpcConfig = new() { SubnetIds = ["s"], SecurityGroupIds = ["g"] },
                KMSKeyArn = "arn:k",
                LoggingConfig = new() { LogFormat = "JSON", ApplicationLogLevel = "INFO", SystemLogLevel = "WARN", LogGroup = "l" },
                TracingConfig = new() { Mode = "Active" },
                Layers = [],
                Architectures = ["arm64"],
                Publish = true,
                Tags = new() { ["a"] = "1" },
                Code = new() { ZipFile = new byte[] { 0xfb, 0xff, 0xfe, 0x00 } },
            },
            Cancellation);
        await client.CreateFunctionAsync(new() { FunctionName = "f", Code = new() { ZipFile = new byte[] { 1 } } }, Cancellation);

        Assert.Equal(["POST /2015-03-31/functions", "POST /2015-03-31/functions"], wire.Lines);
        Assert.Equal(
            """
            {"FunctionName":"f","Description":"d","Role":"arn:r","Runtime":"provided.al2023","Handler":"bootstrap","MemorySize":128,"Timeout":30,"Environment":{"Variables":{"K":"v"}},"VpcConfig":{"SubnetIds":["s"],"SecurityGroupIds":["g"]},"KMSKeyArn":"arn:k","LoggingConfig":{"LogFormat":"JSON","ApplicationLogLevel":"INFO","SystemLogLevel":"WARN","LogGroup":"l"},"TracingConfig":{"Mode":"Active"},"Layers":[],"Architectures":["arm64"],"Publish":true,"Tags":{"a":"1"},"Code":{"ZipFile":"+//+AA=="}}
            """,
            wire.Arrived[0].Text);
        Assert.Equal("""{"FunctionName":"f","Code":{"ZipFile":"AQ=="}}""", wire.Arrived[1].Text);
    }

    [Fact]
    public async Task A_function_is_read_as_Lambda_writes_it()
    {
        await using Wire wire = new(
            """
            {"Configuration":{"FunctionName":"f","State":"Pending","TracingConfig":{"Mode":"PassThrough"},"Layers":[{"Arn":"arn:l:1","CodeSize":5000000000}],
              "LoggingConfig":{"LogFormat":"JSON","ApplicationLogLevel":"INFO","SystemLogLevel":"WARN","LogGroup":"/aws/lambda/f"}},
             "Code":{"RepositoryType":"S3","Location":"https://awslambda.s3.amazonaws.com/f?X-Amz-Signature=0"},
             "TagsError":{"ErrorCode":"AccessDeniedException","Message":"no"},"Concurrency":{"ReservedConcurrentExecutions":0}}
            """,
            """{"Configuration":{"FunctionName":"f"},"Code":{},"Tags":{"a":"1"}}""");
        using AmazonLambdaClient client = Client(wire);

        GetFunctionResponse found = await client.GetFunctionAsync(new() { FunctionName = "f", Qualifier = "live" }, Cancellation);
        GetFunctionResponse bare = await client.GetFunctionAsync(new() { FunctionName = "f" }, Cancellation);

        Assert.Equal(["GET /2015-03-31/functions/f?Qualifier=live", "GET /2015-03-31/functions/f"], wire.Lines);
        FunctionConfiguration function = found.Configuration!;
        Assert.Equal(("Pending", "PassThrough", "arn:l:1", (long?)5_000_000_000), (function.State, function.TracingConfig!.Mode, function.Layers![0].Arn, function.Layers[0].CodeSize));
        LoggingConfig logging = function.LoggingConfig!;
        Assert.Equal(("JSON", "INFO", "WARN", "/aws/lambda/f"), (logging.LogFormat, logging.ApplicationLogLevel, logging.SystemLogLevel, logging.LogGroup));
        Assert.Equal(("S3", "https://awslambda.s3.amazonaws.com/f?X-Amz-Signature=0"), (found.Code!.RepositoryType, found.Code.Location));
        Assert.Equal((0, null, "AccessDeniedException", "no"), (found.Concurrency!.ReservedConcurrentExecutions, found.Tags, found.TagsError!.ErrorCode, found.TagsError.Message));
        Assert.Equal((null, null, null, "1"), (bare.Concurrency, bare.TagsError, bare.Code!.Location, bare.Tags!["a"]));
        Assert.Equal((null, null, null), (bare.Configuration!.LoggingConfig, bare.Configuration.TracingConfig, bare.Configuration.Layers));
    }

    [Fact]
    public async Task Conditions_of_changes_are_sent()
    {
        await using Wire wire = new("{}", "{}", "{}", "{}", "{}");
        using AmazonLambdaClient client = Client(wire);

        await client.UpdateFunctionCodeAsync(
            new() { FunctionName = "f", ZipFile = new byte[] { 1 }, Architectures = ["arm64"], Publish = true, DryRun = true, RevisionId = "r" }, Cancellation);
        await client.PublishVersionAsync(new() { FunctionName = "f", CodeSha256 = "c2hh", Description = "", RevisionId = "r" }, Cancellation);
        await client.UpdateAliasAsync(new() { FunctionName = "f", Name = "live", RoutingConfig = new() { AdditionalVersionWeights = [] }, RevisionId = "r" }, Cancellation);
        await client.CreateAliasAsync(
            new() { FunctionName = "f", Name = "live", FunctionVersion = "1", RoutingConfig = new() { AdditionalVersionWeights = new() { ["2"] = 0.5 } } }, Cancellation);
        await client.AddPermissionAsync(
            new()
            {
                FunctionName = "f",
                StatementId = "s",
                Action = "lambda:InvokeFunction",
                Principal = "sns.amazonaws.com",
                SourceArn = "arn:t",
                SourceAccount = "1",
                Qualifier = "live",
                RevisionId = "r",
            },
            Cancellation);

        Assert.Equal(
            [
                "PUT /2015-03-31/functions/f/code",
                "POST /2015-03-31/functions/f/versions",
                "PUT /2015-03-31/functions/f/aliases/live",
                "POST /2015-03-31/functions/f/aliases",
                "POST /2015-03-31/functions/f/policy?Qualifier=live",
            ],
            wire.Lines);
        Assert.Equal(
            [
                """{"Architectures":["arm64"],"Publish":true,"DryRun":true,"RevisionId":"r","ZipFile":"AQ=="}""",
                """{"CodeSha256":"c2hh","Description":"","RevisionId":"r"}""",
                """{"RoutingConfig":{"AdditionalVersionWeights":{}},"RevisionId":"r"}""",
                """{"Name":"live","FunctionVersion":"1","RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}""",
                """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"sns.amazonaws.com","SourceArn":"arn:t","SourceAccount":"1","RevisionId":"r"}""",
            ],
            wire.Arrived.Select(request => request.Text));
    }

    [Fact]
    public async Task Versions_and_aliases_are_listed_page_by_page()
    {
        await using Wire wire = new(
            """{"NextMarker":"m+/=","Versions":[{"Version":"$LATEST"},{"Version":"1"}]}""",
            """{"NextMarker":null,"Versions":[]}""",
            """{"NextMarker":"n","Aliases":[{"Name":"a","RoutingConfig":null},{"Name":"b","RoutingConfig":{"AdditionalVersionWeights":{"2":0.1}}}]}""",
            """{"Aliases":[]}""");
        using AmazonLambdaClient client = Client(wire);

        ListVersionsByFunctionResponse versions = await client.ListVersionsByFunctionAsync(new() { FunctionName = "f", MaxItems = 2 }, Cancellation);
        ListVersionsByFunctionResponse noVersions = await client.ListVersionsByFunctionAsync(new() { FunctionName = "f", Marker = versions.NextMarker }, Cancellation);
        ListAliasesResponse aliases = await client.ListAliasesAsync(new() { FunctionName = "f", FunctionVersion = "1", MaxItems = 2 }, Cancellation);
        ListAliasesResponse noAliases = await client.ListAliasesAsync(new() { FunctionName = "f", Marker = aliases.NextMarker }, Cancellation);

        Assert.Equal(
            [
                "GET /2015-03-31/functions/f/versions?MaxItems=2",
                "GET /2015-03-31/functions/f/versions?Marker=m%2B%2F%3D",
                "GET /2015-03-31/functions/f/aliases?FunctionVersion=1&MaxItems=2",
                "GET /2015-03-31/functions/f/aliases?Marker=n",
            ],
            wire.Lines);
        Assert.Equal(["$LATEST", "1"], versions.Versions!.Select(version => version.Version));
        Assert.Equal(["a", "b"], aliases.Aliases!.Select(alias => alias.Name));
        Assert.Equal((null, 0.1), (aliases.Aliases![0].RoutingConfig, aliases.Aliases[1].RoutingConfig!.AdditionalVersionWeights!["2"]));
        Assert.Equal((0, null, 0, null), (noVersions.Versions!.Count, noVersions.NextMarker, noAliases.Aliases!.Count, noAliases.NextMarker));
    }

    [Fact]
    public async Task Answers_without_a_body_are_answers()
    {
        await using Wire wire = new("", "", "", "");
        using AmazonLambdaClient client = Client(wire);

        await client.DeleteFunctionAsync(new() { FunctionName = "f", Qualifier = "1" }, Cancellation);
        await client.DeleteAliasAsync(new() { FunctionName = "f", Name = "live" }, Cancellation);
        await client.DeleteFunctionConcurrencyAsync(new() { FunctionName = "f" }, Cancellation);
        GetFunctionConcurrencyResponse none = await client.GetFunctionConcurrencyAsync(new() { FunctionName = "f" }, Cancellation);

        Assert.Equal(
            [
                "DELETE /2015-03-31/functions/f?Qualifier=1",
                "DELETE /2015-03-31/functions/f/aliases/live",
                "DELETE /2017-10-31/functions/f/concurrency",
                "GET /2019-09-30/functions/f/concurrency",
            ],
            wire.Lines);
        Assert.Null(none.ReservedConcurrentExecutions);
    }

    private static AmazonLambdaClient Client(Wire wire) => new(Wire.Credentials, wire.Config(AmazonLambdaClient.Service));
}
