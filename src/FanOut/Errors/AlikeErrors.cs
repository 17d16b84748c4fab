namespace FanOut.Errors;

/// <summary>Errors that are alike, such as those of hundreds of letters of which each was refused for the same reason: the first is told in full, the others are counted.</summary>
internal sealed class AlikeErrors
{
    private readonly Dictionary<string, (FanOutException Second, int More)> _more = [];
    private readonly HashSet<string> _told = [];

    /// <summary>Whether an error is the first of its kind, and is to be told at once. Otherwise it is counted.</summary>
    /// <param name="kind">What it has in common with others.</param>
    /// <param name="error">The error.</param>
    public bool IsFirst(string kind, FanOutException error)
    {
        if (_told.Add(kind))
        {
            return true;
        }

        _more[kind] = _more.TryGetValue(kind, out (FanOutException Second, int More) before) ? (before.Second, before.More + 1) : (error, 1);
        return false;
    }

    /// <summary>Takes what was counted since the last time: of one error itself, of several how many they are.</summary>
    public IEnumerable<FanOutException> Take()
    {
        (FanOutException Second, int More)[] all = [.. _more.Values];
        _more.Clear();
        return all.Select(static a => a.More == 1 ? a.Second : FanOutError.MoreLikeIt(a.Second, a.More));
    }
}
