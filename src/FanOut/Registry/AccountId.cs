namespace FanOut.Registry;

/// <summary>The id of an AWS account: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html</summary>
/// <remarks>Only what is given anew is checked: a row that the table has had all along may come from an emulator.</remarks>
internal static class AccountId
{
    private const int Digits = 12;

    /// <summary>What it looks like, for errors.</summary>
    public const string Form = "the id of an account has 12 digits";

    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);
}
