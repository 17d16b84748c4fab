@{
    RootModule           = 'FanOut.psm1'
    ModuleVersion        = '1.0.0'
    GUID                 = '5d0a7c0e-4c64-4d0c-9f43-1f2c1b6f5a7e'
    Author               = 'The developers of FanOut'
    CompanyName          = 'FanOut'
    Copyright            = 'Licensed under the Apache License, Version 2.0'
    Description          = 'Copies records from Amazon Kinesis Streams and DynamoDB Streams to SNS, SQS, Elasticsearch and OpenSearch, Kinesis, Firehose, IoT, Lambda, Memcached and Redis, across accounts and regions: manages the fan-out function, its sources and its targets.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    FormatsToProcess     = @('FanOut.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Connect-FanOutSource'
        'Disable-FanOutTarget'
        'Disconnect-FanOutSource'
        'Enable-FanOutTarget'
        'Get-FanOutFunction'
        'Get-FanOutPolicy'
        'Get-FanOutSource'
        'Get-FanOutTarget'
        'Publish-FanOutFunction'
        'Register-FanOutTarget'
        'Remove-FanOutFunction'
        'Resume-FanOutSource'
        'Set-FanOutTarget'
        'Suspend-FanOutSource'
        'Unregister-FanOutTarget'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('AWS', 'Kinesis', 'DynamoDB', 'Streams', 'Lambda', 'SQS', 'SNS', 'Firehose', 'OpenSearch', 'Elasticsearch', 'IoT', 'Redis', 'Memcached', 'FanOut', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
