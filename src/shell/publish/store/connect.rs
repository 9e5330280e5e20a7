//! Finding the way to a store. Keys come from the environment, or from where the store's own programs keep them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};

use crate::model::publish::Service;
use crate::shell::Failure;

/// Opens a store.
pub fn open(service: &Service) -> Result<Arc<dyn ObjectStore>, Failure> {
    // Fails only if one is installed, and then there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match service {
        Service::S3 { bucket, region, endpoint } => s3(bucket, region.as_deref(), endpoint.as_deref()),
        Service::Gcs { bucket } => gcs(bucket),
        Service::Azure { account, container } => azure(account, container),
    }
}

/// A few tries within a minute: what takes longer is told, and a run afterwards goes on.
fn retries() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(200), max_backoff: Duration::from_secs(5), base: 2.0 };
    RetryConfig { backoff, max_retries: 4, retry_timeout: Duration::from_secs(60) }
}

fn client(http: bool) -> ClientOptions {
    ClientOptions::new()
        .with_allow_http(http)
        .with_connect_timeout(Duration::from_secs(10))
        .with_timeout(Duration::from_secs(300))
}

fn s3(bucket: &str, region: Option<&str>, endpoint: Option<&str>) -> Result<Arc<dyn ObjectStore>, Failure> {
    let profile = profile();
    let said = |name: &str| profile.get(name).cloned();
    let region = region.map(str::to_owned);
    let region = region.or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    let region = region.or_else(|| said("region")).unwrap_or_else(|| "us-east-1".to_owned());
    let endpoint = endpoint.map(str::to_owned).or_else(|| variable("AWS_ENDPOINT_URL_S3"));
    let endpoint = endpoint.or_else(|| variable("AWS_ENDPOINT_URL")).or_else(|| said("endpoint_url"));
    let http = endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_region(region)
        .with_client_options(client(http))
        .with_allow_http(http)
        .with_disable_bulk_delete(true)
        .with_retry(retries());
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
    }
    let others = [
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_METADATA_ENDPOINT",
    ];
    if variable("AWS_ACCESS_KEY_ID").is_none() {
        match (said("aws_access_key_id"), said("aws_secret_access_key")) {
            (Some(id), Some(secret)) => {
                builder = builder.with_access_key_id(id).with_secret_access_key(secret);
                if let Some(token) = said("aws_session_token") {
                    builder = builder.with_token(token);
                }
            }
            _ if others.iter().any(|name| variable(name).is_some()) => {}
            _ => {
                return Err(no_key("bucket", bucket)
                    .help("set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment")
                    .help("or keep them in `~/.aws/credentials`, where `aws configure` puts them"));
            }
        }
    }
    built(builder.build().map(|store| Arc::new(store) as _))
}

fn gcs(bucket: &str) -> Result<Arc<dyn ObjectStore>, Failure> {
    let names = [
        "GOOGLE_SERVICE_ACCOUNT",
        "GOOGLE_SERVICE_ACCOUNT_PATH",
        "GOOGLE_SERVICE_ACCOUNT_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GCE_METADATA_HOST",
    ];
    let kept = home().map(|home| home.join(".config/gcloud/application_default_credentials.json"));
    if !names.iter().any(|name| variable(name).is_some()) && !kept.is_some_and(|path| path.is_file()) {
        return Err(no_key("bucket", bucket)
            .help("set `GOOGLE_APPLICATION_CREDENTIALS` to the path of a service account's file")
            .help("or sign in with `gcloud auth application-default login`"));
    }
    // Google's own address is encrypted; one without is there only where the key's file names it.
    let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
    let builder = builder.with_client_options(client(true)).with_retry(retries());
    built(builder.build().map(|store| Arc::new(store) as _))
}

fn azure(account: &str, container: &str) -> Result<Arc<dyn ObjectStore>, Failure> {
    let names = [
        "AZURE_STORAGE_ACCOUNT_KEY",
        "AZURE_STORAGE_ACCESS_KEY",
        "AZURE_STORAGE_SAS_KEY",
        "AZURE_STORAGE_SAS_TOKEN",
        "AZURE_STORAGE_CLIENT_SECRET",
        "AZURE_CLIENT_SECRET",
        "AZURE_FEDERATED_TOKEN_FILE",
        "AZURE_USE_AZURE_CLI",
        "IDENTITY_ENDPOINT",
    ];
    if !names.iter().any(|name| variable(name).is_some()) {
        return Err(no_key("account", account)
            .help("set `AZURE_STORAGE_ACCOUNT_KEY` or `AZURE_STORAGE_SAS_TOKEN` in the environment")
            .help("or sign in with `az login`, and set `AZURE_USE_AZURE_CLI=true`"));
    }
    let builder = MicrosoftAzureBuilder::from_env().with_account(account).with_container_name(container);
    let builder = builder.with_client_options(client(false)).with_retry(retries());
    built(builder.build().map(|store| Arc::new(store) as _))
}

fn no_key(what: &str, name: &str) -> Failure {
    Failure::new(format!("there is no key for the {what} `{name}`"))
}

fn built(result: object_store::Result<Arc<dyn ObjectStore>>) -> Result<Arc<dyn ObjectStore>, Failure> {
    result.map_err(|error| Failure::new(format!("the store can't be opened: {}", super::reason(&error))))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn home() -> Option<PathBuf> {
    std::env::home_dir()
}

/// What Amazon's own programs know of the profile in use.
fn profile() -> BTreeMap<String, String> {
    let name = variable("AWS_PROFILE").unwrap_or_else(|| "default".to_owned());
    let file = |variable_name: &str, usual: &str| {
        let path = variable(variable_name).map(PathBuf::from).or_else(|| Some(home()?.join(".aws").join(usual)));
        path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default()
    };
    let mut all = section(&file("AWS_CONFIG_FILE", "config"), &name);
    all.extend(section(&file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), &name));
    all
}

/// A section of an INI file: `[NAME]` or `[profile NAME]`.
fn section(text: &str, name: &str) -> BTreeMap<String, String> {
    let (mut inside, mut all) = (false, BTreeMap::new());
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let head = head.trim();
            inside = head == name || head.strip_prefix("profile ").map(str::trim) == Some(name);
        } else if let (true, Some((key, value))) = (inside, line.split_once('=')) {
            all.insert(key.trim().to_owned(), value.trim().to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn profiles() {
        let text = "[default]\nregion = a\n\n[profile work]\n# region = c\nregion=b\naws_access_key_id = x=y\n";
        assert_eq!(super::section(text, "default")["region"], "a");
        let work = super::section(text, "work");
        assert_eq!((work["region"].as_str(), work["aws_access_key_id"].as_str()), ("b", "x=y"));
        assert!(super::section(text, "other").is_empty());
    }
}
