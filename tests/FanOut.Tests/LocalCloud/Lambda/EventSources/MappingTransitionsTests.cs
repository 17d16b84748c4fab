using System.Text;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

/// <summary>What a caller sees of a mapping that takes its time to change.</summary>
public sealed class MappingTransitionsTests : CloudTests
{
    private static readonly TimeSpan Transition = TimeSpan.FromSeconds(5);

    private readonly LambdaService _lambda;
    private readonly string _stream;

    public MappingTransitionsTests()
    {
        _lambda = new(LambdaServiceOptions.Of(Cloud) with { TransitionTime = Transition });
        Cloud.Add(_lambda);
        _lambda.Add("fanout", new RecordingFunction());
        _stream = Cloud.Kinesis.CreateStream("orders").Arn;
    }

    [Fact]
    public async Task Every_change_shows_its_state_on_the_way()
    {
        string id = Text(await CreateAsync(), "UUID");

        Assert.Equal("Creating", await StateAsync(id));
        await UntilAsync(id, "Enabled");
        Assert.Equal("Disabling", Text(await SendAsync(HttpMethod.Put, id, """{"Enabled":false}"""), "State"));
        Assert.Equal("Disabling", await StateAsync(id));
        await UntilAsync(id, "Disabled");
        await SendAsync(HttpMethod.Put, id, """{"BatchSize":7}""");
        Assert.Equal("Updating", await StateAsync(id));
        await UntilAsync(id, "Disabled");
        await SendAsync(HttpMethod.Put, id, """{"Enabled":true}""");
        Assert.Equal("Enabling", await StateAsync(id));
        await UntilAsync(id, "Enabled");
        await SendAsync(HttpMethod.Delete, id);
        Assert.Equal("Deleting", await StateAsync(id));
        Time.Advance(Transition);
        while ((await SendAsync(HttpMethod.Get, id)).Error != "ResourceNotFoundException")
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_mapping_on_its_way_is_in_use()
    {
        string id = Text(await CreateAsync(), "UUID");

        Answer update = await SendAsync(HttpMethod.Put, id, """{"Enabled":false}""");
        Answer delete = await SendAsync(HttpMethod.Delete, id);

        Assert.Equal((400, "ResourceInUseException", "Cannot update the event source mapping because it is in use."), (update.Status, update.Error, Text(update, "Message")));
        Assert.Equal((400, "ResourceInUseException", "Cannot delete the event source mapping because it is in use."), (delete.Status, delete.Error, Text(delete, "Message")));
        await UntilAsync(id, "Enabled");
        Assert.Equal(202, (await SendAsync(HttpMethod.Delete, id)).Status);
    }

    [Fact]
    public async Task A_mapping_of_an_alias_is_listed_by_that_alias_alone()
    {
        await CreateAsync();
        string alias = Text(await CreateAsync("arn:aws:lambda:us-east-1:123456789012:function:fanout:live"), "UUID");

        Assert.Equal([alias], await ListAsync("FunctionName=fanout%3Alive"));
        Assert.DoesNotContain(alias, await ListAsync("FunctionName=fanout"));
        Assert.Equal(2, (await ListAsync($"EventSourceArn={Uri.EscapeDataString(_stream)}")).Count);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:fanout:live", Text(await SendAsync(HttpMethod.Get, alias), "FunctionArn"));
    }

    [Fact]
    public async Task A_mapping_can_be_given_another_function()
    {
        RecordingFunction other = new();
        _lambda.Add("other", other);
        string id = Text(await CreateAsync(), "UUID");
        await UntilAsync(id, "Enabled");

        await SendAsync(HttpMethod.Put, id, """{"FunctionName":"other:live"}""");
        await UntilAsync(id, "Enabled");
        Cloud.Kinesis.Find("orders")!.Put("k", "1"u8.ToArray());
        await _lambda.EventSourceMappings[id].WhenIdleAsync(Cancellation);

        Assert.Single(other.Invocations);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:other:live", Text(await SendAsync(HttpMethod.Get, id), "FunctionArn"));
    }

    [Fact]
    public async Task Every_region_has_mappings_of_its_own_in_its_partition()
    {
        _lambda.Add("arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:fanout", new RecordingFunction());
        string stream = Cloud.Kinesis.CreateStream("orders", region: "eusc-de-east-1").Arn;
        using AwsHttp there = new(Cloud) { Region = "eusc-de-east-1" };

        Answer created = await CreateAsync("fanout", stream, there);
        string id = Text(created, "UUID");

        Assert.Equal($"arn:aws-eusc:lambda:eusc-de-east-1:123456789012:event-source-mapping:{id}", Text(created, "EventSourceMappingArn"));
        Assert.Equal("arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:fanout", Text(created, "FunctionArn"));
        Assert.Equal([id], await ListAsync("", there));
        Assert.Empty(await ListAsync(""));
        Assert.Equal("ResourceNotFoundException", (await SendAsync(HttpMethod.Get, id)).Error);
    }

    private Task<Answer> CreateAsync(string function = "fanout", string? stream = null, AwsHttp? aws = null) => SendAsync(
        HttpMethod.Post, "", $$"""{"EventSourceArn":"{{stream ?? _stream}}","FunctionName":"{{function}}","StartingPosition":"TRIM_HORIZON"}""", aws);

    private Task<Answer> SendAsync(HttpMethod method, string id, string body = "", AwsHttp? aws = null) =>
        (aws ?? Aws).SendAsync("lambda", method, $"/2015-03-31/event-source-mappings/{id}", Encoding.UTF8.GetBytes(body), "application/json");

    private async Task<IReadOnlyList<string?>> ListAsync(string query, AwsHttp? aws = null) =>
    [
        .. (await SendAsync(HttpMethod.Get, $"?{query}", aws: aws)).Json.GetProperty("EventSourceMappings").EnumerateArray()
            .Select(mapping => mapping.GetProperty("UUID").GetString()),
    ];

    private async Task<string> StateAsync(string id) => Text(await SendAsync(HttpMethod.Get, id), "State");

    private async Task UntilAsync(string id, string state)
    {
        Time.Advance(Transition);
        while (await StateAsync(id) != state)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static string Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString()!;
}
