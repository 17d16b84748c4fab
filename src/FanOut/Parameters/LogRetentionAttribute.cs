using System.Globalization;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Allows only the numbers of days that CloudWatch Logs can keep logs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LogRetentionAttribute : ValidateArgumentsAttribute, IChecksValue
{
    /// <summary>The numbers.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics) => ((IChecksValue)this).Check(arguments);

    /// <inheritdoc/>
    void IChecksValue.Check(object? value)
    {
        if (value is not null && !Days.Contains(LanguagePrimitives.ConvertTo<int>(value)))
        {
            throw new ValidationMetadataException($"CloudWatch Logs cannot keep logs for {value} days, but for {string.Join(", ", Days.Select(static d => d.ToString(CultureInfo.InvariantCulture)))}.");
        }
    }
}
