namespace FanOut.Deployment;

/// <summary>One step of a plan: a call that changes something. <c>-WhatIf</c> shows it without making it.</summary>
/// <param name="Target">What is changed, such as "table fanoutTargets".</param>
/// <param name="Action">What is done to it; never a value that may be a secret.</param>
/// <param name="RunAsync">Makes the call, after waiting for whatever must be ready before.</param>
internal sealed record Change(string Target, string Action, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Whether it writes a policy that follows from what the table and the sources were when the plan was made.</summary>
    public bool WritesPolicy { get; init; }

    /// <summary>Whether it changes what a version has, code or settings: those that are published stay as they are.</summary>
    public bool IsOfVersions { get; init; }

    /// <summary>Whether it makes the target.</summary>
    public bool Creates => Action.StartsWith("Create", StringComparison.Ordinal);

    /// <summary>The attributes that change, where the action names more than one thing; of secrets only that they do.</summary>
    public IReadOnlyList<FanOutAttributeChange> Attributes { get; init; } = [];
}
