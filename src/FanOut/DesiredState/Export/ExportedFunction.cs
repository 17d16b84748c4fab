using FanOut.Aws.Lambda;

namespace FanOut.DesiredState.Export;

/// <summary>A function as it is, as far as a desired state can say it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table of mappings.</param>
/// <param name="Configuration">Its settings.</param>
internal sealed record ExportedFunction(string Name, string Table, FunctionConfiguration Configuration)
{
    /// <summary>The alias through which its sources call it; null: they call the function itself.</summary>
    public string? Alias { get; init; }

    /// <summary>Its role's name.</summary>
    public string? Role { get; init; }

    /// <summary>Its tags, but for those of AWS and of the module.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>How many days its logs are kept; null: for ever, or it is not known.</summary>
    public int? LogRetentionDays { get; init; }

    /// <summary>The invocations that are reserved; null: none.</summary>
    public int? ReservedConcurrency { get; init; }
}
