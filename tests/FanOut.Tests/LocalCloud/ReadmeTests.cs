using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud;

/// <summary>The examples in LocalCloud's README, which are these lines.</summary>
public sealed partial class ReadmeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_tries_again_when_it_is_throttled()
    {
        await using Cloud cloud = Cloud.Start();
        cloud.Dynamo.CreateTable("orders", hashKey: "id");
        Fault fault = cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Service = "dynamodb", Operation = "PutItem", Times = 1 });

        using var client = new AmazonDynamoDBClient(
            "AKIAEXAMPLE000000000", "any", new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        await client.PutItemAsync("orders", new() { ["id"] = new("1") }, Cancellation);

        Assert.Equal(1, cloud.Faults.Strikes(fault));
        Assert.Equal([400, 200], cloud.Calls.Where(static c => c.Operation == "PutItem").Select(static c => c.Status));
        Assert.Single(cloud.Dynamo.Find("orders")!.Items);
    }

    [Fact]
    public async Task A_function_gets_a_batch_again_when_it_fails()
    {
        await using Cloud cloud = Cloud.Start();
        await using var lambda = new LambdaService(LambdaServiceOptions.Of(cloud));
        cloud.Add(lambda);

        int count = 0;
        var function = new RecordingFunction(_ => new InvocationResult($"request {++count}", "{}"u8.ToArray(), count == 1 ? "Unhandled" : null));
        lambda.Add("totals", function);
        KinesisStream orders = cloud.Kinesis.CreateStream("orders");
        EventSourceMapping reads = lambda.CreateEventSourceMapping(
            orders.Arn, "totals", new() { StartingPosition = StartingPosition.TrimHorizon, RetryBaseDelay = TimeSpan.FromMilliseconds(1) });

        orders.Put("customer 1", """{"total":12}"""u8.ToArray());
        await reads.WhenIdleAsync(Cancellation);

        Assert.Equal(2, function.Invocations.Count);
        Assert.Equal(1, reads.Progress.Delivered);
    }

    [Fact]
    public void The_README_shows_these_lines()
    {
        string folder = Path.Join(Checkout.Root, "src", "FanOut.LocalCloud");
        string here = File.ReadAllText(Path.Join(Checkout.Root, "tests", "FanOut.Tests", "LocalCloud", "ReadmeTests.cs"));
        string[] examples = [.. Example().Matches(File.ReadAllText(Path.Join(folder, "README.md"))).Select(static m => m.Groups[1].Value)];

        Assert.Equal(2, examples.Length);
        Assert.All(examples, e => Assert.Contains(Line().Replace(e, "        "), here, StringComparison.Ordinal));
    }

    /// <summary>Every service has a line in its table, with the name of its property.</summary>
    [Fact]
    public void The_README_names_every_service()
    {
        string readme = File.ReadAllText(Path.Join(Checkout.Root, "src", "FanOut.LocalCloud", "README.md"));
        string[] services = [.. typeof(Cloud).GetProperties().Where(static p => typeof(IService).IsAssignableFrom(p.PropertyType)).Select(static p => $"| `cloud.{p.Name}` |")];

        Assert.NotEmpty(services);
        Assert.All(services, s => Assert.Contains(s, readme, StringComparison.Ordinal));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^(?=.)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
