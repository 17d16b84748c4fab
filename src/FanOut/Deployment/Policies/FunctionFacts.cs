using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>What the permissions of a function follow from.</summary>
internal sealed record FunctionFacts
{
    /// <summary>The function's ARN, without a version or alias.</summary>
    public required Arn Function { get; init; }

    /// <summary>ARN of the role that it runs with.</summary>
    public required string RoleArn { get; init; }

    /// <summary>ARN of its table of mappings.</summary>
    public required string TableArn { get; init; }

    /// <summary>Its log group; none: the one that Lambda takes unless told otherwise.</summary>
    public string? LogGroup { get; init; }

    /// <summary>Whether it calls CloudWatch for its metrics: FANOUT_METRICS=cloudwatch, the default.</summary>
    public bool PublishesMetrics { get; init; } = true;

    /// <summary>Whether it is connected to a VPC.</summary>
    public bool IsInVpc { get; init; }

    /// <summary>ARN of the key that encrypts its variables; none: Lambda's own key.</summary>
    public string? VariablesKey { get; init; }

    /// <summary>ARNs of the keys that encrypt the streams, queues, topics and tables.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What it reads.</summary>
    public IReadOnlyList<ConnectedSource> Sources { get; init; } = [];

    /// <summary>What it sends to, active or not: a target that is switched on later must not wait for a policy.</summary>
    public IReadOnlyList<Mapping> Mappings { get; init; } = [];

    /// <summary>What cannot be said in a policy and its reader must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The function's name.</summary>
    public string Name => Function.ResourceName;

    /// <summary>Where it lies.</summary>
    public AwsLocation Home => AwsLocation.Of(Function);
}
