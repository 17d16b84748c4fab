using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The facts about a function that decide which permissions it needs.</summary>
internal sealed record FunctionFacts
{
    /// <summary>The function's ARN, without a version or alias.</summary>
    public required Arn Function { get; init; }

    /// <summary>ARN of the role that it runs with.</summary>
    public required string RoleArn { get; init; }

    /// <summary>ARN of its table of mappings.</summary>
    public required string TableArn { get; init; }

    /// <summary>Its log group; null: Lambda's default, <c>/aws/lambda/(name)</c>.</summary>
    public string? LogGroup { get; init; }

    /// <summary>Whether it calls CloudWatch for its metrics: FANOUT_METRICS=cloudwatch. Default: it does not.</summary>
    public bool PublishesMetrics { get; init; }

    /// <summary>Whether it is connected to a VPC.</summary>
    public bool IsInVpc { get; init; }

    /// <summary>ARN of the key that encrypts its variables; null: Lambda's own key.</summary>
    public string? VariablesKey { get; init; }

    /// <summary>ARNs of the keys that encrypt the streams, queues, topics and tables.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The streams that it reads.</summary>
    public IReadOnlyList<ConnectedSource> Sources { get; init; } = [];

    /// <summary>ARNs of what Lambda tells, as the function's role, of asynchronous invocations that failed: those of topics.</summary>
    public IReadOnlyList<string> EventDestinations { get; init; } = [];

    /// <summary>Its targets, enabled or not: a target that is enabled later must not need another policy.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>Notes for the reader, about what a policy cannot express.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The function's name.</summary>
    public string Name => Function.ResourceName;

    /// <summary>Its location.</summary>
    public AwsLocation Home => AwsLocation.Of(Function);
}
