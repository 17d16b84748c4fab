using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.Tests.LocalCloud.Lambda.Runtime;

namespace FanOut.Tests.LocalCloud.Lambda;

public sealed class FunctionOperationsTests : CloudTests
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout";
    private static readonly TimeSpan Transition = TimeSpan.FromSeconds(5);

    private readonly LambdaService _lambda;

    public FunctionOperationsTests()
    {
        _lambda = new(LambdaServiceOptions.Of(Cloud) with { TransitionTime = Transition });
        Cloud.Add(_lambda);
    }

    [Fact]
    public async Task A_function_is_described_with_everything_that_was_said_of_it()
    {
        _lambda.Add("fanout", new RecordingFunction(), new()
        {
            Role = "arn:aws:iam::123456789012:role/r",
            Description = "d",
            Timeout = TimeSpan.FromMinutes(5),
            MemorySize = 512,
            Environment = new Dictionary<string, string> { ["TABLE"] = "fanoutTargets" },
            KmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/k",
            Architecture = "arm64",
            Tags = new Dictionary<string, string> { ["made-by"] = "FanOut" },
        });

        var configuration = (await GetAsync("fanout/configuration")).Json;
        var function = (await GetAsync("fanout")).Json;

        Assert.Equal(configuration.GetRawText(), function.GetProperty("Configuration").GetRawText());
        Assert.Equal("""{"RepositoryType":"S3","Location":""}""", function.GetProperty("Code").GetRawText());
        Assert.Equal("""{"made-by":"FanOut"}""", function.GetProperty("Tags").GetRawText());
        Assert.Equal(("fanout", FunctionArn, "$LATEST"), (Text("FunctionName"), Text("FunctionArn"), Text("Version")));
        Assert.Equal(("arn:aws:iam::123456789012:role/r", "d", "provided.al2023", "bootstrap"), (Text("Role"), Text("Description"), Text("Runtime"), Text("Handler")));
        Assert.Equal((300, 512), (configuration.GetProperty("Timeout").GetInt32(), configuration.GetProperty("MemorySize").GetInt32()));
        Assert.Equal("""{"Variables":{"TABLE":"fanoutTargets"}}""", configuration.GetProperty("Environment").GetRawText());
        Assert.Equal(("arn:aws:kms:us-east-1:123456789012:key/k", "[\"arm64\"]"), (Text("KMSKeyArn"), configuration.GetProperty("Architectures").GetRawText()));
        Assert.Equal(("Active", "Successful", "2026-11-24T12:00:00.250+0000"), (Text("State"), Text("LastUpdateStatus"), Text("LastModified")));
        Assert.Equal(32, configuration.GetProperty("CodeSha256").GetBytesFromBase64().Length);

        string? Text(string name) => configuration.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("fanout/configuration?Qualifier=live", ":live", "$LATEST")]
    [InlineData("fanout:live/configuration", ":live", "$LATEST")]
    [InlineData("fanout/configuration?Qualifier=7", ":7", "7")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Afanout/configuration", "", "$LATEST")]
    public async Task A_qualifier_stands_in_the_ARN_that_is_told(string path, string qualifier, string version)
    {
        _lambda.Add("fanout", new RecordingFunction());

        var configuration = (await GetAsync(path)).Json;

        Assert.Equal((FunctionArn + qualifier, version), (configuration.GetProperty("FunctionArn").GetString(), configuration.GetProperty("Version").GetString()));
    }

    [Theory]
    [InlineData("nobody", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody")]
    [InlineData("fanout/configuration?Qualifier=test", $"Function not found: {FunctionArn}:test")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:fanout", "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')")]
    public async Task What_is_not_there_is_told(string path, string message)
    {
        _lambda.Add("fanout", new RecordingFunction(), new() { Qualifiers = ["live"] });

        var answer = await GetAsync(path);

        Assert.Equal((404, "ResourceNotFoundException", message), (answer.Status, answer.Error, answer.Json.GetProperty("Message").GetString()));
    }

    [Fact]
    public async Task Functions_are_listed_page_by_page_without_their_states()
    {
        foreach (var number in Enumerable.Range(0, 51))
        {
            _lambda.Add($"f{number:D2}", new RecordingFunction());
        }

        _lambda.Add("arn:aws:lambda:eu-west-1:123456789012:function:elsewhere", new RecordingFunction());

        var first = (await GetAsync("?MaxItems=1000")).Json;
        var rest = (await GetAsync($"?Marker={first.GetProperty("NextMarker").GetString()}")).Json;

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"f{number:D2}"), Names(first));
        Assert.Equal(["f50"], Names(rest));
        Assert.False(rest.TryGetProperty("NextMarker", out _));
        Assert.False(rest.GetProperty("Functions")[0].TryGetProperty("State", out _));

        static IEnumerable<string?> Names(JsonElement page) =>
            page.GetProperty("Functions").EnumerateArray().Select(function => function.GetProperty("FunctionName").GetString());
    }

    [Fact]
    public async Task An_update_replaces_what_it_names_and_the_whole_environment()
    {
        _lambda.Add("fanout", new RecordingFunction(), new()
        {
            Description = "kept",
            Environment = new Dictionary<string, string> { ["OLD"] = "1", ["BOTH"] = "1" },
            KmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/k",
        });

        await UpdateAsync("""
            {"Environment":{"Variables":{"BOTH":"2","NEW":"2"}},"MemorySize":256,"Timeout":60,"KMSKeyArn":"","TracingConfig":{"Mode":"Active"},
            "Layers":["arn:aws:lambda:us-east-1:123456789012:layer:l:1"]}
            """);
        var told = (await GetAsync("fanout/configuration")).Json;

        Assert.Equal("""{"Variables":{"BOTH":"2","NEW":"2"}}""", told.GetProperty("Environment").GetRawText());
        Assert.Equal((256, 60, "kept"), (told.GetProperty("MemorySize").GetInt32(), told.GetProperty("Timeout").GetInt32(), told.GetProperty("Description").GetString()));
        Assert.Equal("""{"Mode":"Active"}""", told.GetProperty("TracingConfig").GetRawText());
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:layer:l:1", told.GetProperty("Layers")[0].GetProperty("Arn").GetString());
        Assert.False(told.TryGetProperty("KMSKeyArn", out _));
        Assert.Equal("2", _lambda.Find("fanout")!.Configuration.Environment["NEW"]);
    }

    [Fact]
    public async Task An_update_is_in_progress_then_successful_and_its_revision_changes_both_times()
    {
        _lambda.Add("fanout", new RecordingFunction());
        var before = Revision((await GetAsync("fanout/configuration")).Json);

        var updated = (await UpdateAsync($$"""{"Description":"d","RevisionId":"{{before}}"}""")).Json;
        var meanwhile = await UpdateAsync("""{"Description":"e"}""");
        var stale = await UpdateAsync($$"""{"Description":"e","RevisionId":"{{before}}"}""");
        Time.Advance(Transition);
        while (_lambda.Find("fanout")!.IsUpdating)
        {
            await Task.Yield();
        }

        var done = (await GetAsync("fanout/configuration")).Json;
        Assert.Equal("InProgress", updated.GetProperty("LastUpdateStatus").GetString());
        Assert.Equal((409, "ResourceConflictException"), (meanwhile.Status, meanwhile.Error));
        Assert.Equal((412, "PreconditionFailedException"), (stale.Status, stale.Error));
        Assert.Equal(("Successful", "d"), (done.GetProperty("LastUpdateStatus").GetString(), done.GetProperty("Description").GetString()));
        Assert.Equal(3, new[] { before, Revision(updated), Revision(done) }.Distinct().Count());

        static string? Revision(JsonElement configuration) => configuration.GetProperty("RevisionId").GetString();
    }

    [Theory]
    [InlineData("""{"Timeout":901}""", "ValidationException")]
    [InlineData("""{"MemorySize":127}""", "ValidationException")]
    [InlineData("""{"Environment":{"Variables":{"1A":"x"}}}""", "ValidationException")]
    [InlineData("""{"Environment":{"Variables":{"AWS_REGION":"x"}}}""", "InvalidParameterValueException")]
    public async Task A_value_that_Lambda_would_not_take_changes_nothing(string update, string error)
    {
        _lambda.Add("fanout", new RecordingFunction());
        var before = (await GetAsync("fanout/configuration")).Text;

        var answer = await UpdateAsync(update);

        Assert.Equal((400, error), (answer.Status, answer.Error));
        Assert.Equal(before, (await GetAsync("fanout/configuration")).Text);
    }

    [Theory]
    [InlineData(4096, null)]
    [InlineData(4097, "InvalidParameterValueException")]
    public async Task An_environment_takes_4_KB_and_its_values_are_not_repeated(int size, string? error)
    {
        _lambda.Add("fanout", new RecordingFunction());
        var secret = new string('s', size - """{"NAME":""}""".Length);

        var answer = await UpdateAsync("""{"Environment":{"Variables":{"NAME":"secret"}}}""".Replace("secret", secret, StringComparison.Ordinal));

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null, answer.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alias_cannot_be_configured()
    {
        _lambda.Add("fanout", new RecordingFunction());

        Assert.Equal("InvalidParameterValueException", (await UpdateAsync("""{"Timeout":60}""", "fanout:live")).Error);
    }

    [Fact]
    public async Task A_functions_process_is_replaced_after_the_invocation_in_flight()
    {
        await using var python = PythonFunction.StartOrSkip(options => options with { Environment = new Dictionary<string, string> { ["STAGE"] = "old" } });
        _lambda.Add(python.Function);
        var waiting = python.DoAsync("""{"do":"wait"}""");
        await python.WaitForLineAsync("doing wait");
        var process = Assert.Single(python.Function.ProcessIds);

        await UpdateAsync("""{"Environment":{"Variables":{"STAGE":"new"}},"Timeout":20,"MemorySize":192}""", "scripted");
        Time.Advance(Transition);
        while (_lambda.Find("scripted")!.IsUpdating)
        {
            await Task.Yield();
        }

        Assert.Equal([process], python.Function.ProcessIds);
        python.Release();
        Assert.Null((await waiting).Error);
        var environment = JsonDocument.Parse((await python.DoAsync("""{"do":"environment"}""")).Payload).RootElement;
        Assert.Equal(("new", "192"), (environment.GetProperty("STAGE").GetString(), environment.GetProperty("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(20), python.Function.Options.Timeout);
        Assert.DoesNotContain(process, python.Function.ProcessIds);
    }

    [Fact]
    public async Task Every_region_has_functions_of_its_own_in_its_partition()
    {
        _lambda.Add("arn:aws-cn:lambda:cn-north-1:123456789012:function:fanout", new RecordingFunction());
        using var china = new AwsHttp(Cloud) { Region = "cn-north-1" };

        var there = (await china.SendAsync("lambda", HttpMethod.Get, "/2015-03-31/functions/fanout/configuration", [])).Json;

        Assert.Equal("arn:aws-cn:lambda:cn-north-1:123456789012:function:fanout", there.GetProperty("FunctionArn").GetString());
        Assert.Equal("arn:aws-cn:iam::123456789012:role/fanout", there.GetProperty("Role").GetString());
        Assert.Equal("ResourceNotFoundException", (await GetAsync("fanout/configuration")).Error);
    }

    private Task<Answer> GetAsync(string path) => Aws.SendAsync("lambda", HttpMethod.Get, $"/2015-03-31/functions/{path}", []);

    private Task<Answer> UpdateAsync(string body, string name = "fanout") => Aws.SendAsync(
        "lambda", HttpMethod.Put, $"/2015-03-31/functions/{name}/configuration", Encoding.UTF8.GetBytes(body), "application/json");
}
