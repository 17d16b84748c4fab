namespace FanOut.EndToEnd.Pipelines;

/// <summary>A statement of a policy.</summary>
/// <param name="Sid">Its name.</param>
/// <param name="Json">All of it, without blanks.</param>
/// <param name="Permissions">Each action with each resource.</param>
internal sealed record SampleStatement(string Sid, string Json, IReadOnlyList<SamplePermission> Permissions);
