namespace FanOut.DeadLetters;

/// <summary>Counts letters by target and reason. Only the counts are kept.</summary>
internal static class GroupLetters
{
    /// <summary>The groups, in the order in which their first letters came.</summary>
    public static IReadOnlyCollection<FanOutDeadLetterGroup> Of(IEnumerable<FanOutDeadLetter> letters)
    {
        Dictionary<(string?, string?, string, string?), FanOutDeadLetterGroup> groups = [];
        foreach (FanOutDeadLetter letter in letters)
        {
            (string?, string?, string Class, string? Code) key = (letter.Id, letter.SourceArn, letter.Class ?? letter.LetterType, letter.Code);
            FanOutDeadLetterGroup? before = groups.GetValueOrDefault(key);
            bool isLatest = before?.Last is null || letter.Time >= before.Last;
            groups[key] = new FanOutDeadLetterGroup
            {
                Id = letter.Id,
                SourceArn = letter.SourceArn,
                Count = (before?.Count ?? 0) + 1,
                Records = (before?.Records ?? 0) + (letter.Records ?? 0),
                Class = key.Class,
                Code = key.Code,
                Reason = isLatest ? letter.Reason ?? letter.Problem : before!.Reason,
                First = before?.First is { } first && !(letter.Time < first) ? first : letter.Time,
                Last = isLatest ? letter.Time : before!.Last,
                DeadLetter = letter.DeadLetter,
                Region = letter.Region,
            };
        }

        return groups.Values;
    }
}
