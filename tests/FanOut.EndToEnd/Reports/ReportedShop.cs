using System.Globalization;
using FanOut.Aws.CloudWatch;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.EndToEnd.Reports;

/// <summary>A shop's deployment in LocalCloud: a stream and a table with targets, three of which are in trouble, and what CloudWatch counted of them in the last day.</summary>
internal sealed class ReportedShop : IAsyncDisposable
{
    private const int Steps = 48;

    private static readonly string[] Teams =
    [
        "audit", "billing", "search-index", "recommendations", "warehouse", "fraud", "mailing", "test-account", "lake", "loyalty", "shipping", "returns", "pricing", "catalogue", "stock",
        "partners", "support", "analytics", "archive", "dashboards", "tax", "invoices", "reviews", "vouchers", "devices", "sessions", "carts", "ads", "legal", "backup",
    ];

    private static readonly (string Type, string Destination)[] Kinds =
    [
        ("sqs", "arn:aws:sqs:us-east-1:123456789012:{0}"), ("kinesis", "arn:aws:kinesis:us-east-1:210987654321:stream/{0}"), ("sns", "arn:aws:sns:us-east-1:123456789012:{0}"),
        ("firehose", "{0}"), ("lambda", "arn:aws:lambda:us-east-1:123456789012:function:{0}"), ("es", "https://search.example.org#{0}"), ("redis", "rediss://cache-{0}.example.org:6379"),
    ];

    private readonly string _customers;
    private readonly List<(string Namespace, int Step, MetricDatum Datum)> _counted = [];

    private ReportedShop(int targets)
    {
        Session.Lambda.Add("fanout", new RecordingFunction(), new() { Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" } });
        _customers = Session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES").EventStream!.Arn;
        foreach (string source in new[] { CloudSession.Orders, _customers })
        {
            Session.Lambda.CreateEventSourceMapping(source, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest, ReportBatchItemFailures = true });
        }

        for (int i = 0; i < targets; i++)
        {
            Put(i);
        }

        OfLambda();
    }

    /// <summary>The cloud and the session.</summary>
    public CloudSession Session { get; } = new();

    /// <summary>Starts it.</summary>
    public static async Task<ReportedShop> StartAsync(int targets, CancellationToken cancellation)
    {
        ReportedShop shop = new(targets);
        using AmazonCloudWatchClient client = new(Emulated.Credentials, Emulated.Config(AmazonCloudWatchClient.Service, shop.Session.Cloud.Endpoint));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        foreach (var step in shop._counted.GroupBy(static c => (c.Namespace, c.Step)))
        {
            foreach (MetricDatum[] some in step.Select(static c => c.Datum).Chunk(1_000))
            {
                // Half an hour each, so that the last one lies just before now.
                DateTimeOffset time = now - TimeSpan.FromMinutes((30 * (Steps - 1 - step.Key.Step)) + 1);
                await client.PutMetricDataAsync(new PutMetricDataRequest { Namespace = step.Key.Namespace, Timestamp = time, MetricData = some }, cancellation);
            }
        }

        return shop;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    // Of the targets one is invalid, one fails, one has dead letters, one is disabled; an id is no harmless text.
    private void Put(int i)
    {
        string source = i % 3 == 2 ? _customers : CloudSession.Orders, id = i == 20 ? "<script>alert('tax')</script>" : i < Teams.Length ? Teams[i] : $"{Teams[i % Teams.Length]}-{i}";
        string destination = i == 5 ? "not a destination <b>" : string.Format(CultureInfo.InvariantCulture, Kinds[i % Kinds.Length].Destination, i < Teams.Length ? Teams[i] : $"{Teams[i % Teams.Length]}-{i}");
        Session.Put($$$"""{"sourceArn":{"S":"{{{source}}}"},"id":{"S":"{{{id}}}"},"type":{"S":"{{{Kinds[i % Kinds.Length].Type}}}"},"destination":{"S":"{{{destination}}}"},"active":{"BOOL":{{{(i == 13 ? "false" : "true")}}}}}""");
        if (i is 5 or 13)
        {
            return;
        }

        // Of very many targets the last step is enough: the page is as large all the same.
        for (int step = i < Teams.Length ? 0 : Steps - 1; step < Steps; step++)
        {
            bool fails = i == 9 && step > 43;
            Dictionary<string, string> way = new() { ["Source"] = source, ["Destination"] = destination, ["Function"] = "fanout" };
            Count("Delivered", way, step, fails ? 0 : Swing(step) / (1 + (i % 5)));
            Count("Filtered", way, step, i % 4 == 0 ? 0 : 120);
            Count("Failed", way, step, fails ? 900 + (100 * step) : 0);
            Count("DeadLettered", way, step, i == 16 && step is 12 or 30 ? 31 : 0);
            Count("Retried", way, step, i == 7 && step == 20 ? 140 : 0);
        }
    }

    private void OfLambda()
    {
        Dictionary<string, string> function = new() { ["FunctionName"] = "fanout" };
        for (int step = 0; step < Steps; step++)
        {
            foreach (string source in new[] { CloudSession.Orders, _customers })
            {
                Count("Records", new() { ["Source"] = source, ["Function"] = "fanout" }, step, Swing(step));
            }

            Count("Invocations", function, step, Swing(step) / 10, "AWS/Lambda");
            Count("Errors", function, step, step == 30 ? 3 : 0, "AWS/Lambda");
            Count("Duration", function, step, Swing(step) * 4, "AWS/Lambda");
            Count("IteratorAge", function, step, step is 30 or 31 ? 184_000 : 400 + (step * 3), "AWS/Lambda");
        }
    }

    private static double Swing(int step) => Math.Round(5_000 * (1.2 - Math.Cos((step + 4) * 2 * Math.PI / Steps)));

    private void Count(string name, Dictionary<string, string> dimensions, int step, double value, string space = "Custom/FanOut") =>
        _counted.Add((space, step, new MetricDatum(name, [.. dimensions], "Count", 1, value, value, value)));
}
