namespace FanOut.LocalCloud.OpenSearch;

/// <summary>The result of one bulk action.</summary>
internal sealed record BulkOutcome(
    string? Id, int Status, string? Result = null, long Version = 0, int SequenceNumber = 0, string? ErrorType = null, string? Reason = null)
{
    public bool IsTaken => ErrorType is null;

    public static BulkOutcome Conflict(string id, string reason) => new(id, 409, ErrorType: "version_conflict_engine_exception", Reason: reason);
}
