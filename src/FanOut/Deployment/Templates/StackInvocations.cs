using FanOut.Aws.Lambda;

namespace FanOut.Deployment.Templates;

/// <summary>How Lambda retries and reports asynchronous invocations: those of topics.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Qualifier">The alias or version that they are of; null: the function itself.</param>
internal sealed record StackInvocations(EventInvokeConfigSettings Settings, string? Qualifier);
