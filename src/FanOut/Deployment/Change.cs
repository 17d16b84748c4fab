namespace FanOut.Deployment;

/// <summary>One changing call that a plan is made of; <c>-WhatIf</c> shows it, and nothing else makes it.</summary>
/// <param name="Target">What is changed, such as "table fanoutTargets".</param>
/// <param name="Action">What is done to it; never a value that may be a secret.</param>
/// <param name="RunAsync">Does it, and waits for what must be done before.</param>
internal sealed record Change(string Target, string Action, Func<CancellationToken, Task> RunAsync);
