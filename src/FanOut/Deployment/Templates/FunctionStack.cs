using Amazon.DynamoDBv2.Model;
using FanOut.Aws.Lambda;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment.Templates;

/// <summary>Everything that a template makes of a function: what Publish- and Connect-FanOutSource make by calls.</summary>
internal sealed record FunctionStack
{
    /// <summary>The function and its location.</summary>
    public required FunctionFacts Facts { get; init; }

    /// <summary>The function's settings; its code comes from S3.</summary>
    public required CreateFunctionRequest Function { get; init; }

    /// <summary>The invocations that are reserved for it; null: none.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Its alias, which its sources call; null: none.</summary>
    public string? Alias { get; init; }

    /// <summary>Its table of mappings; null: one that was given by its ARN, and is there.</summary>
    public CreateTableRequest? Table { get; init; }

    /// <summary>How many days its logs are kept; null: for ever.</summary>
    public int? LogRetentionDays { get; init; }

    /// <summary>The policies of its role; null: the role is there, and is left alone.</summary>
    public IReadOnlyList<RolePolicy>? Policies { get; init; }

    /// <summary>How it is connected with its sources.</summary>
    public required StackConnections Connections { get; init; }

    /// <summary>The function's name.</summary>
    public string Name => Facts.Name;

    /// <summary>The tags of everything that is made.</summary>
    public IReadOnlyDictionary<string, string> Tags => Function.Tags ?? [];
}
