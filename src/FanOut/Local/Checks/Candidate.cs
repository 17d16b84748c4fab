using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Parameters;
using FanOut.Registry;

namespace FanOut.Local.Checks;

/// <summary>A target that is to be checked: a row of the table, or what would become one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SourceArn">Its source.</param>
/// <param name="Mapping">The mapping that the function would read; null: there is a problem.</param>
internal sealed record Candidate(string Id, string SourceArn, Mapping? Mapping)
{
    /// <summary>Why it is no valid mapping; null: it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>The problem as the error that Register-FanOutTarget would end with; null: there is none, or it is a row's of the table.</summary>
    public FanOutException? Fault { get; init; }

    /// <summary>What to do about the problem; null: the problem says it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether it stands in the table, also where it was piped as Get-FanOutTarget had output it.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Whether its settings were piped, so that a password may be lacking.</summary>
    public bool IsPiped { get; init; }

    /// <summary>The properties of the piped object that are not used.</summary>
    public IReadOnlyList<StrayProperty> Strays { get; init; } = [];

    /// <summary>The name of its function.</summary>
    public required string Function { get; init; }

    /// <summary>The table that its function reads; null: it is not asked.</summary>
    public MappingTable? Table { get; init; }

    /// <summary>What looks at it in AWS; null: nothing does.</summary>
    public InspectTarget? Inspection { get; init; }
}
