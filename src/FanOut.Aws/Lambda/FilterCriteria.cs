namespace FanOut.Aws.Lambda;

/// <summary>Which records a function gets: those that any filter matches.</summary>
public sealed class FilterCriteria
{
    /// <summary>The filters, at most 5; null: all records.</summary>
    public List<Filter>? Filters { get; set; }
}
