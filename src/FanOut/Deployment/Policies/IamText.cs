using System.Text;

namespace FanOut.Deployment.Policies;

/// <summary>Escapes names for the resources of a policy.</summary>
internal static class IamText
{
    /// <summary>A name in which <c>*</c>, <c>?</c> and <c>${</c> mean themselves.</summary>
    /// <remarks>See <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"/>, "Special characters".</remarks>
    public static string Literal(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isSpecial = c is '*' or '?' || (c == '$' && i + 1 < name.Length && name[i + 1] == '{');
            _ = isSpecial ? text.Append("${").Append(c).Append('}') : text.Append(c);
        }

        return text.ToString();
    }
}
