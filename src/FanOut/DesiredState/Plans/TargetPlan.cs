using FanOut.Engine.Mappings;
using FanOut.Registry;

namespace FanOut.DesiredState.Plans;

/// <summary>What is to become of a target.</summary>
/// <param name="SourceArn">Its source.</param>
/// <param name="Id">Its id.</param>
/// <param name="There">The row as it was read; null: there is none.</param>
/// <param name="Wanted">The target as it is to be; null: it is to be removed.</param>
internal sealed record TargetPlan(string SourceArn, string Id, TargetRow? There, Mapping? Wanted)
{
    /// <summary>Create, Change, Remove or Unchanged.</summary>
    public string Action => (There, Wanted) switch
    {
        (null, _) => ChangeAction.Create,
        (_, null) => ChangeAction.Remove,
        _ => There.Mapping == Wanted ? ChangeAction.Unchanged : ChangeAction.Change,
    };

    /// <summary>The attributes that are others than they are to be.</summary>
    /// <param name="describe">Describes a target that is not there yet.</param>
    public FanOutAttributeChange[] Attributes(Func<Mapping, FanOutTarget> describe) => (There, Wanted) switch
    {
        (null, { } wanted) => [.. TargetDifferences.OfNew(describe(wanted))],
        ({ } there, { } wanted) when there.Mapping != wanted => [.. TargetDifferences.Find(there, wanted)],
        _ => [],
    };
}
