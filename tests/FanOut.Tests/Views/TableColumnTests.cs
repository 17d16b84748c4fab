using FanOut.Views;

namespace FanOut.Tests.Views;

/// <summary>Columns stay below each other, whatever is written in them.</summary>
public sealed class TableColumnTests
{
    [Theory]
    [InlineData("abc", "abc   ")]
    [InlineData("abcdef", "abcdef")]
    [InlineData("abcdefg", "abcde…")]
    [InlineData("größe", "größe ")]
    [InlineData("日本", "日本  ")]
    [InlineData("日本語", "日本語")]
    [InlineData("日本語です", "日本… ")]
    [InlineData("a日本語", "a日本…")]
    [InlineData("a\tb\nc", "a b c ")]
    public void A_text_is_as_wide_as_its_column(string text, string expected) => Assert.Equal(expected, new TableColumn("Id", 6).Fit(text, static t => t));
}
