namespace FanOut.Reports;

/// <summary>What a target is known by.</summary>
/// <param name="SourceArn">Its source.</param>
/// <param name="Id">Its id, which is unique within the source.</param>
internal readonly record struct TargetKey(string SourceArn, string Id)
{
    /// <summary>That of a target.</summary>
    public static TargetKey Of(FanOutTarget target) => new(target.SourceArn, target.Id);
}
