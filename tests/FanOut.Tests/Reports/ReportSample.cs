using FanOut.Reports;

namespace FanOut.Tests.Reports;

/// <summary>Reports as a function of a shop would have them.</summary>
internal static class ReportSample
{
    public const string Orders = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
    public const string Customers = "arn:aws:dynamodb:eu-west-1:123456789012:table/customers/stream/2026-03-01T08:00:00.000";

    /// <summary>When the reports end.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);

    public static readonly ReportPeriod Day = ReportPeriod.Of(Now.AddDays(-1), Now, Now);

    private static readonly (string Type, string Destination)[] Kinds =
    [
        ("sqs", "arn:aws:sqs:eu-west-1:123456789012:{0}-queue"), ("kinesis", "arn:aws:kinesis:eu-west-1:210987654321:stream/{0}"), ("sns", "arn:aws:sns:eu-west-1:123456789012:{0}"),
        ("firehose", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/{0}"), ("lambda", "arn:aws:lambda:us-east-1:123456789012:function:{0}"),
        ("es", "https://search-shop.eu-west-1.es.amazonaws.com#{0}"), ("redis", "rediss://cache.example.org:6379/0"), ("iot", "{0}/changes"),
    ];

    private static readonly string[] Teams =
    [
        "audit", "billing", "search-index", "recommendations", "warehouse", "fraud", "mailing", "test-account", "lake", "loyalty",
        "shipping", "returns", "pricing", "catalogue", "stock", "partners", "support", "analytics", "archive", "dashboards",
        "tax", "invoices", "reviews", "vouchers", "devices", "sessions", "carts", "ads", "legal", "backup",
    ];

    /// <summary>A deployment of so many targets, three of which are in trouble and one of which is disabled.</summary>
    public static Report Of(int targets)
    {
        FanOutTarget[] all = [.. Enumerable.Range(0, targets).Select(i => Target(i, targets))];
        return new Report
        {
            Period = Day,
            Zone = TimeZoneInfo.Utc,
            Function = Function(targets),
            Sources =
            [
                Source(Customers, "customers", "DynamoDB", all),
                Source(Orders, "orders", "Kinesis", all),
            ],
            Targets = all,
            Traffic = Flow(all),
            Reasons = new Dictionary<TargetKey, string>
            {
                [new(Orders, "loyalty")] = "AccessDeniedException: the role fanoutRole is not authorized to perform kinesis:PutRecords on the stream loyalty of 210987654321",
                [new(Orders, "support")] = "Oversize: the record has 301,220 bytes, and the target takes 262,144",
            },
            Cost = new LambdaCost(Now.AddDays(-1), Now, 172_431, TimeSpan.FromMilliseconds(172_431 * 38.4), 128, IsArm64: true),
        };
    }

    /// <summary>A function that is there, and nothing else.</summary>
    public static Report Empty() => new()
    {
        Period = Day,
        Zone = TimeZoneInfo.Utc,
        Function = Function(0, "No source is connected. Connect-FanOutSource -SourceArn <arn> -Region eu-west-1", "No target is registered in the table fanoutTargets. Register-FanOutTarget -Enabled -Id <id> -Type <type> -Destination <destination> -SourceArn <arn> -Region eu-west-1"),
        Sources = [],
        Targets = [],
        Traffic = Flow([]) with { Invocations = Zero, Duration = Zero, Errors = Zero, IteratorAge = Series.None(Day.Count), Records = new Dictionary<string, Series>() },
        Cost = new LambdaCost(Now.AddDays(-1), Now, 0, TimeSpan.Zero, 128, IsArm64: true),
    };

    private static Series Zero => new([.. Enumerable.Repeat((double?)0, Day.Count)]);

    /// <summary>A series that swings as a day does.</summary>
    public static Series Wave(double peak, int seed) => new(
        [.. Enumerable.Range(0, Day.Count).Select(i => (double?)Math.Round(peak * (0.35 + (0.3 * (1 - Math.Cos(((i + 4) % Day.Count) * 2 * Math.PI / Day.Count))) + (0.05 * ((((i * 37) + (seed * 11)) % 13) / 13.0)))))]);

    /// <summary>A series that has something in some steps only.</summary>
    public static Series Only(params (int Step, double Value)[] values) =>
        new([.. Enumerable.Range(0, Day.Count).Select(i => (double?)values.Where(v => v.Step == i).Sum(static v => v.Value))]);

    public static FanOutTarget Target(int i, int count, string? problem = null, string? deadLetter = "arn:aws:sqs:eu-west-1:123456789012:given-up") => new()
    {
        SourceArn = i % 3 == 2 ? Customers : Orders,
        Id = i < Teams.Length ? Teams[i] : $"{Teams[i % Teams.Length]}-{i / Teams.Length}",
        Type = Kinds[i % Kinds.Length].Type,
        Destination = string.Format(System.Globalization.CultureInfo.InvariantCulture, Kinds[i % Kinds.Length].Destination, Teams[i % Teams.Length]),
        Enabled = i != 13,
        Problem = problem ?? (i == 5 ? "destination 'frauds' of type es: it must be https://endpoint#index" : null),
        DeadLetter = deadLetter,
        OnFailure = deadLetter is null ? "block" : "deadLetter",
        Region = "eu-west-1",
        FunctionName = "fanout",
        TableName = "fanoutTargets",
    };

    private static FanOutFunction Function(int targets, params string[] problems) => new()
    {
        FunctionName = "fanout",
        FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:fanout",
        State = "Active",
        LastUpdateStatus = "Successful",
        Runtime = "provided.al2023",
        Architecture = "arm64",
        MemorySize = 128,
        Timeout = TimeSpan.FromSeconds(30),
        Version = "2.0.0",
        LastModified = Now.AddDays(-12).UtcDateTime,
        Role = "arn:aws:iam::123456789012:role/fanout/fanout",
        Settings = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_METRICS"] = "cloudwatch" },
        EnabledSources = 2,
        ConnectedSources = 2,
        AllTargets = targets,
        EnabledTargets = Math.Max(0, targets - 1),
        Problems = problems,
        Region = "eu-west-1",
        TableName = "fanoutTargets",
    };

    private static FanOutSource Source(string arn, string name, string type, FanOutTarget[] targets) => new()
    {
        SourceArn = arn,
        Name = name,
        SourceType = type,
        Uuid = "b1a2c3d4-0000-4000-8000-000000000001",
        FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:fanout",
        State = "Enabled",
        LastProcessingResult = "OK",
        EnabledTargets = targets.Count(t => t.SourceArn == arn && t.Enabled),
        AllTargets = targets.Count(t => t.SourceArn == arn),
        Problems =
        [
            .. targets.Where(t => t.SourceArn == arn && t.Problem is not null)
                .Select(t => $"The target {t.Id} is not a valid mapping ({t.Problem}), and fails all records of the source. Unregister-FanOutTarget -Id '{t.Id}' -SourceArn '{arn}' -Region eu-west-1"),
        ],
        Region = "eu-west-1",
        FunctionName = "fanout",
        TableName = "fanoutTargets",
    };

    private static Traffic Flow(FanOutTarget[] targets)
    {
        Series invocations = Wave(6_000, 1);
        Dictionary<TargetKey, TargetTraffic> flows = targets.Select(static (t, i) => (t, i)).Where(static e => e.t.Problem is null && e.t.Enabled)
            .ToDictionary(static e => TargetKey.Of(e.t), static e => Flow(e.t, e.i));
        return new Traffic
        {
            All = new TargetTraffic
            {
                Delivered = All(static t => t.Delivered), Failed = All(static t => t.Failed), DeadLettered = All(static t => t.DeadLettered),
                Retried = All(static t => t.Retried), Filtered = All(static t => t.Filtered),
            },
            Invocations = invocations,
            Errors = Only((20, 3), (21, 1)),
            Duration = Series.Of(invocations, Wave(20, 5), static (n, w) => n * (30 + w)),
            IteratorAge = new Series([.. Wave(900, 3).Values.Select(static (v, i) => i is 30 or 31 ? 184_000 : v)]),
            Records = new Dictionary<string, Series> { [Orders] = Wave(48_000, 2), [Customers] = Wave(9_000, 4) },
            Targets = flows,
        };

        Series All(Func<TargetTraffic, Series> choose) => Series.Sum(flows.Values.Select(choose), Day.Count);
    }

    private static TargetTraffic Flow(FanOutTarget target, int i) => new()
    {
        Delivered = i == 21 ? Wave(0, 0) : new Series([.. Wave((target.SourceArn == Orders ? 46_000 : 9_000) / (1 + (i % 5 * 3)), i).Values.Select((v, step) => i == 9 && step > 43 ? 0 : v)]),
        Failed = i == 9 ? Only((44, 12_100), (45, 30_410), (46, 31_822), (47, 29_504)) : Zero,
        DeadLettered = i == 16 ? Only((12, 3), (30, 41), (31, 18)) : Zero,
        Retried = i % 7 == 3 ? Only((20, 140), (33, 60)) : Zero,
        Filtered = i % 5 > 0 ? Wave(3_000, i) : Zero,
    };
}
