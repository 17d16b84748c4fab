namespace FanOut.LocalCloud.Lambda.Versions;

/// <summary>A name for a version.</summary>
internal sealed record FunctionAlias(string Name, string Version, string Description)
{
    public string RevisionId { get; } = Guid.NewGuid().ToString();
}
