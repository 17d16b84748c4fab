namespace FanOut.Deployment.Policies;

/// <summary>Who may assume a role.</summary>
/// <param name="Kind"><c>Service</c> or <c>AWS</c>.</param>
/// <param name="Id">A service's name, or the ARN of a role.</param>
internal sealed record Principal(string Kind, string Id);
