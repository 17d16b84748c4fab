namespace FanOut.EndToEnd.Chaos;

/// <summary>A destination whose troubles can be switched, and which tells what it got.</summary>
internal interface IPlace : IAsyncDisposable
{
    /// <summary>The mapping's destination.</summary>
    string Destination { get; }

    /// <summary>From now on calls go wrong.</summary>
    /// <param name="trouble">How.</param>
    /// <param name="passes">How many calls (of caches: commands) pass before.</param>
    /// <param name="probability">How likely each is struck.</param>
    /// <param name="poison">The mark of the record that <see cref="Trouble.Poison"/> is about, as it may stand in a call.</param>
    void Trouble(Trouble trouble, int passes, double probability, IReadOnlyList<string> poison);

    /// <summary>From now on nothing goes wrong.</summary>
    void Mend();

    /// <summary>How many calls (of caches: commands) went wrong so far.</summary>
    int Strikes { get; }

    /// <summary>The numbers of the records that it took, in the order in which it took them.</summary>
    IReadOnlyList<int> Arrivals();
}
