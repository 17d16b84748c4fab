using System.Net;
using System.Text.RegularExpressions;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Faults;

namespace FanOut.Tests.Delivery;

/// <summary>The table of failure classes in docs/delivery.md says what the code does.</summary>
public partial class TaxonomyTests
{
    // Classes that are no service's word: nothing in their row is a code.
    private static readonly FailureClass[] OfOurs = [FailureClass.Undecodable, FailureClass.Oversize, FailureClass.OutOfTime, FailureClass.Configuration];

    private static readonly string[][] Rows = [.. File.ReadAllLines(Path.Join(Checkout.Root, "docs", "delivery.md"))
        .SkipWhile(static l => !l.StartsWith("| class |", StringComparison.Ordinal)).Skip(2).TakeWhile(static l => l.StartsWith('|'))
        .Select(static l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    [Fact]
    public void It_has_the_classes_of_the_code_and_no_others() =>
        Assert.Equal(Enum.GetNames<FailureClass>().Order(), Rows.Select(static r => r[0].Trim('`')).Order());

    [Fact]
    public void Each_code_in_a_row_is_of_that_class()
    {
        var wrong = new List<string>();
        foreach (string[] row in Rows)
        {
            FailureClass kind = Enum.Parse<FailureClass>(row[0].Trim('`'));
            string[] codes = [.. Code().Matches(row[1]).Select(static m => m.Groups[1].Value)];
            Assert.Equal(OfOurs.Contains(kind), codes.Length == 0);
            wrong.AddRange(from code in codes from found in ClassesOf(code) where found != kind select $"{code} is {found}, not {kind}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void What_is_sent_again_is_what_it_says()
    {
        foreach (string[] row in Rows)
        {
            FailureClass kind = Enum.Parse<FailureClass>(row[0].Trim('`'));
            Assert.Equal(kind is FailureClass.Refused or FailureClass.Ambiguous or FailureClass.Unknown, row[2].StartsWith("yes", StringComparison.Ordinal));
        }
    }

    // A code means the same at each service that has it.
    private static IEnumerable<FailureClass> ClassesOf(string code) => code.StartsWith("Http", StringComparison.Ordinal)
        ? [Classify.Of(DeliverTests.Service((HttpStatusCode)int.Parse(code[4..]), null)).Class]
        : KnownFaults.All.Where(f => f.Code == code).Select(static f => f.Class).DefaultIfEmpty(FailureClass.Unknown);

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Code();
}
