using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Engine.Filtering;

namespace FanOut.Tests.Filtering;

/// <summary>Random patterns against random events, and both damaged.</summary>
public sealed class EventPatternProperties
{
    private const string Alphabet = "\"{}[]:,\\u0123456789eE+-.*/trslnuabcdé $orprefix";

    [Fact]
    public void Any_pattern_judges_any_event_as_the_definition_does() =>
        Gen.Select(Arbitrary.Pattern, Arbitrary.Event).Sample(
            static (pattern, json) =>
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(json);
                Assert.True(EventPattern.TryParse(pattern, out EventPattern? parsed, out string? problem), $"{problem} {pattern}");
                Assert.Equal(NaiveMatch.Matches(pattern, utf8), parsed.Matches(utf8));
            },
            iter: 10_000);

    [Fact]
    public void A_damaged_event_is_judged_as_what_it_still_is() =>
        Gen.Select(Arbitrary.Pattern, Arbitrary.Event.SelectMany(static json => Transform.Arbitrary.Damaged(Encoding.UTF8.GetBytes(json), Alphabet))).Sample(
            static (pattern, json) =>
            {
                Assert.True(EventPattern.TryParse(pattern, out EventPattern? parsed, out _));
                Assert.Equal(Naively(pattern, json) ?? parsed.Matches(json), parsed.Matches(json));
            },
            iter: 5_000);

    [Fact]
    public void A_damaged_pattern_is_refused_with_a_reason_or_judges_as_the_definition_does() =>
        Gen.Select(Arbitrary.Pattern.SelectMany(static p => Transform.Arbitrary.Damaged(Encoding.UTF8.GetBytes(p), Alphabet)), Arbitrary.Event).Sample(
            static (damaged, json) =>
            {
                string pattern = Encoding.UTF8.GetString(damaged);
                byte[] utf8 = Encoding.UTF8.GetBytes(json);
                if (!EventPattern.TryParse(pattern, out EventPattern? parsed, out string? problem))
                {
                    Assert.NotEmpty(problem);
                    return;
                }

                Assert.Equal(Naively(pattern, utf8) ?? parsed.Matches(utf8), parsed.Matches(utf8));
            },
            iter: 5_000);

    // No answer where the documents themselves do not know: half surrogate pairs, addresses that .NET reads and others do not, vast exponents.
    private static bool? Naively(string pattern, byte[] json)
    {
        try
        {
            return Transform.Arbitrary.IsUtf8(json) && NaiveMatch.Matches(pattern, json);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException or OutOfMemoryException)
        {
            return null;
        }
    }
}
