namespace FanOut;

/// <summary>What Sync-FanOutTarget finds to be done about one thing of a desired state, and with -PassThru what became of it.</summary>
public sealed class FanOutChange
{
    /// <summary>Create, Change, Remove, or Unchanged where it is as it is to be.</summary>
    public required string Action { get; init; }

    /// <summary>Function, Source or Target.</summary>
    public required string ItemType { get; init; }

    /// <summary>The target's id, the source's name, or what of the function: <c>function fanout in us-east-1</c>, <c>table fanoutTargets in us-east-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The source, or the target's source; null of the function.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The attributes that are others than they are to be; of what is created those that are not the default. Values of secrets are not shown.</summary>
    public FanOutAttributeChange[] Attributes { get; init; } = [];

    /// <summary>What is done, where that is more than its attributes say; else null.</summary>
    public string? Detail { get; init; }

    /// <summary>Planned; Done, Failed or Skipped where -PassThru tells what became of it.</summary>
    public string Result { get; internal set; } = "Planned";

    /// <summary>Why it failed or was skipped; else null.</summary>
    public string? Problem { get; internal set; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <summary>The change in a line.</summary>
    public override string ToString() => $"{Action} {ItemType} {Id}";
}
